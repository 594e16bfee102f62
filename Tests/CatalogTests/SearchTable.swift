/// What each search finds, best first: the search, an arrow, names.
enum SearchTable {
    static let rows: [(search: String, names: [String])] = text.split(separator: "\n").map { line in
        let parts = line.split(separator: " → ", omittingEmptySubsequences: false)
        return (String(parts[0]), parts[1].split(separator: " ; ").map(String.init))
    }

    private static let text = """
        doctor who → Doctor Who scarf
        the will → The Will
        salz und → Salz und Pfeffer Set
        gift for → Gift for her
        to be → To be or not to be
        the the → The The T-Shirt ; The Will ; Crème brûlée torch ; C Programming Language ; C# in Depth ; Doctor Who scarf
        the → The Will ; The The T-Shirt ; Crème brûlée torch ; C Programming Language ; C# in Depth ; Doctor Who scarf
        it → It ; Desk ; Doctor Who scarf
        who → Who's Who 2024 ; Doctor Who scarf
        who's who → Who's Who 2024
        whos who → Who's Who 2024
        not to → To be or not to be
        about a → It ; The Will
        as the doctor → Doctor Who scarf
        will → The Will
        und → Salz und Pfeffer Set
        for her → Gift for her
        of → ﬁne oﬃce paper ; H₂O carafe ; Doctor Who scarf
        in → C# in Depth ; ½ inch pipe ; 4K monitor 27in ; Łódź poster ; TV stand ; The Will
        on → O'Neill boardshorts ; Rock'n'Roll socks ; To be or not to be
        xl → USB cable XL
        tv → TV stand ; LG TV 55"
        tv stand → TV stand
        lg tv → LG TV 55"
        2 m → USB-C cable 2 m ; H₂O carafe
        m → MP3 player ; AT&T mug ; Screws M4x10 ; Bottle 500 ml ; Ice-cream maker ; Soft\u{AD}ware manual ; 4K monitor 27in ; USB-C cable 2 m ; Bottle 500ml sport ; H₂O carafe ; Kaffeemühle ; USB cable XL ; The The T-Shirt ; To be or not to be
        w → WiFi repeater ; Who's Who 2024 ; Wi-Fi router AX3000 ; The Will ; E-Bike 250 W ; Ｆｕｌｌ Ｗｉｄｔｈ pen ; Doctor Who scarf ; Plug A-12-B ; Desk ; Oak lamp ; ﬁne oﬃce paper ; Łódź poster ; C Programming Language ; 3D printer ; iPhone15 charger ; USB-C cable 2 m ; Gift for her
        100w → USB-C cable 2 m
        100 w → USB-C cable 2 m
        55 → LG TV 55"
        65in → TV stand
        65 in → TV stand
        27 in → 4K monitor 27in
        27in → 4K monitor 27in
        27inch → 4K monitor 27in
        us → USB cable XL ; USB-C cable 2 m
        usb → USB cable XL ; USB-C cable 2 m
        usb c → USB cable XL ; USB-C cable 2 m
        usb-c → USB-C cable 2 m ; USB cable XL
        usbc → USB-C cable 2 m
        usb-c cable → USB-C cable 2 m
        usb cable → USB cable XL ; USB-C cable 2 m
        wifi → WiFi repeater ; Wi-Fi router AX3000
        wi-fi → WiFi repeater ; Wi-Fi router AX3000
        wi fi → Wi-Fi router AX3000
        WiFi → WiFi repeater ; Wi-Fi router AX3000
        WI‑FI → WiFi repeater ; Wi-Fi router AX3000
        wi–fi router → Wi-Fi router AX3000
        wifi router → Wi-Fi router AX3000
        wi-fi rout → Wi-Fi router AX3000
        wifirouter → 
        t-shirt → The The T-Shirt ; Tee shirt
        tshirt → The The T-Shirt
        t shirt → The The T-Shirt ; Tee shirt
        tee shirt → Tee shirt
        iphone 15 → iPhone 15 case ; iPhone15 charger
        iphone15 → iPhone 15 case ; iPhone15 charger
        iphone → iPhone 15 case ; iPhone15 charger
        15 → iPhone 15 case ; iPhone15 charger
        iphone 15 cha → iPhone15 charger
        500ml → Bottle 500 ml ; Bottle 500ml sport
        500 ml → Bottle 500 ml ; Bottle 500ml sport
        500 m → Bottle 500 ml ; Bottle 500ml sport
        bottle 500ml → Bottle 500 ml ; Bottle 500ml sport
        bottle 500 → Bottle 500 ml ; Bottle 500ml sport
        1.5 → Saft 1,5 l ; Juice 1.5 l
        1,5 → Saft 1,5 l ; Juice 1.5 l
        1.5 l → Saft 1,5 l ; Juice 1.5 l
        1.5l → Saft 1,5 l ; Juice 1.5 l
        1,5l → Saft 1,5 l ; Juice 1.5 l
        saft 1.5 → Saft 1,5 l
        1,000 → Notebook 1,000 pages ; Vitamin C 1000 ; Notebook 1000 sheets ; Doctor Who scarf
        1000 → Vitamin C 1000 ; Notebook 1000 sheets ; Notebook 1,000 pages ; Doctor Who scarf
        1.000 → Notebook 1,000 pages ; Vitamin C 1000 ; Notebook 1000 sheets ; Doctor Who scarf
        1000 sheets → Notebook 1000 sheets
        notebook 1000 → Notebook 1000 sheets ; Notebook 1,000 pages
        vitamin c → Vitamin C 1000
        vitamin c 1000 → Vitamin C 1000
        mp3 → MP3 player
        mp 3 → MP3 player
        4k → 4K monitor 27in
        4 k → 4K monitor 27in
        3d → 3D printer
        3-d printer → 3D printer
        m4x10 → Screws M4x10
        m4 → Screws M4x10
        c++ → C++ Primer
        c# → C# in Depth
        c → C++ Primer ; Cafe\u{301} filter ; C# in Depth ; Crème brûlée torch ; C Programming Language ; H₂O carafe ; USB cable XL ; Jalapeño chips ; Vitamin C 1000 ; iPhone 15 case ; Ice-cream maker ; USB-C cable 2 m ; iPhone15 charger ; Ben & Jerry's ice cream ; Non-stick pan ; ½ inch pipe ; İstanbul print ; Şişe kapağı ; Æbleskiver pan ; AT&T mug ; It
        c programming → C Programming Language
        c++ pri → C++ Primer
        lib++ → 
        torch+ → Crème brûlée torch
        levis → Levi's 501 jeans
        levi's → Levi's 501 jeans
        levi’s 501 → Levi's 501 jeans
        levi s → Levi's 501 jeans
        l'oreal → L’Oréal shampoo
        loreal → L’Oréal shampoo
        oreal → L’Oréal shampoo
        L’ORÉAL → L’Oréal shampoo
        oneill → O'Neill boardshorts
        o'neill → O'Neill boardshorts
        o neill → O'Neill boardshorts
        o’neil → O'Neill boardshorts
        ben & jerry → Ben & Jerry's ice cream
        ben jerrys → Ben & Jerry's ice cream
        ben and jerry → 
        at&t → AT&T mug
        att → AT&T mug
        at t → AT&T mug
        ac/dc → AC/DC poster
        acdc → AC/DC poster
        ac dc → AC/DC poster
        rock'n'roll → Rock'n'Roll socks
        rocknroll → Rock'n'Roll socks
        rock n roll → Rock'n'Roll socks
        creme brulee → Crème brûlée torch
        CRÈME BRÛLÉE → Crème brûlée torch
        creme brule → Crème brûlée torch
        brûlée → Crème brûlée torch
        jalapeno → Jalapeño chips
        jalapeño → Jalapeño chips
        smorgasbord → Smörgåsbord board
        SMÖRGÅS → Smörgåsbord board
        lodz → Łódź poster
        łódź → Łódź poster
        strasse → Łódź poster
        straße → Łódź poster
        STRASSE → Łódź poster
        kaffeemuhle → Kaffeemühle
        kaffeemühle → Kaffeemühle
        KAFFEEMÜHLE → Kaffeemühle
        aebleskiver → Æbleskiver pan
        æble → Æbleskiver pan
        sise → Şişe kapağı
        şişe → Şişe kapağı
        dang → Đặng tea set
        đặng → Đặng tea set
        hue → Đặng tea set
        istanbul → İstanbul print
        İSTANBUL → İstanbul print
        ελληνικο → Ελληνικό ελαιόλαδο
        ΕΛΛΗΝΙΚΟ ΕΛΑΙΟΛΑΔΟ → Ελληνικό ελαιόλαδο
        ελαιόλαδο → Ελληνικό ελαιόλαδο
        οδυσσευς → ΟΔΥΣΣΕΥΣ
        οδυσσεύς → ΟΔΥΣΣΕΥΣ
        Ὀδυσσεύς → ΟΔΥΣΣΕΥΣ
        чайник → Чайник медный
        ЧАЙНИК МЕДНЫЙ → Чайник медный
        чая → Чайник медный
        елочная → Ёлочная игрушка
        ёлочная → Ёлочная игрушка
        иогурт → Йогурт натуральный
        йогурт → Йогурт натуральный
        киівський → Київський торт
        київський торт → Київський торт
        шоколад → 
        שלום → שלום עליכם ; שָׁלוֹם כרטיס
        שָׁלוֹם → שלום עליכם ; שָׁלוֹם כרטיס
        שלו → שלום עליכם ; שָׁלוֹם כרטיס
        צה"ל → צה״ל חולצה
        צהל → צה״ל חולצה
        צה״ל → צה״ל חולצה
        كتاب → كِتَاب الطبخ ; كتاب الأطفال
        كِتَاب → كِتَاب الطبخ ; كتاب الأطفال
        كتـاب → كِتَاب الطبخ ; كتاب الأطفال
        الاطفال → كتاب الأطفال
        قهوة → قهوة عربية
        قهوه → قهوة عربية
        ٤٢ → ٤٢ أقلام
        42 → ٤٢ أقلام
        タワー → 東京タワー模型
        東京 → 東京タワー模型
        東京タワー → 東京タワー模型
        京タ → 東京タワー模型
        塔 → 
        茶 → 緑茶セット
        緑茶 → 緑茶セット
        セット → 緑茶セット
        茶セ → 緑茶セット
        水壶 → 不锈钢水壶
        不锈钢 → 不锈钢水壶
        钢水 → 不锈钢水壶
        냄비 → 스테인리스 냄비세트
        세트 → 스테인리스 냄비세트
        스테인리스 → 스테인리스 냄비세트
        หอม → ข้าวหอมมะลิ
        มะลิ → ข้าวหอมมะลิ
        ガラス → ｶﾞﾗｽ皿 ; ガラス花瓶
        ｶﾞﾗｽ → ｶﾞﾗｽ皿 ; ガラス花瓶
        花瓶 → ガラス花瓶
        が → 
        か → 
        full width → Ｆｕｌｌ Ｗｉｄｔｈ pen
        ｆｕｌｌ → Ｆｕｌｌ Ｗｉｄｔｈ pen
        ＦＵＬＬ ＷＩＤＴＨ → Ｆｕｌｌ Ｗｉｄｔｈ pen
        fine office → ﬁne oﬃce paper
        ﬁne → ﬁne oﬃce paper
        oﬃce → ﬁne oﬃce paper
        cafe → Cafe\u{301} filter
        café → Cafe\u{301} filter
        cafe\u{301} → Cafe\u{301} filter
        CAFE\u{301} filter → Cafe\u{301} filter
        software → Soft\u{AD}ware manual
        soft\u{AD}ware → Soft\u{AD}ware manual
        zerowidth → Zero\u{200B}width tape
        zero\u{200B}width → Zero\u{200B}width tape
        lego → LEGO® Star™ set
        lego star → LEGO® Star™ set
        h2o → H₂O carafe
        H₂O → H₂O carafe
        m2 → H₂O carafe
        m² → H₂O carafe
        1/2 → ½ inch pipe
        ½ → ½ inch pipe
        1/2 inch → ½ inch pipe
        oak lamp → Oak lamp ; Oak lamp shade, large ; Large oak floor lamp ; Desk
        oak lam → Oak lamp ; Oak lamp shade, large ; Large oak floor lamp ; Desk
        oak → Oak lamp ; Oak lamp shade, large ; Large oak floor lamp ; Desk
        lamp → Lampion ; Lamp oil ; Oak lamp ; Large oak floor lamp ; Oak lamp shade, large ; Desk
        lam → Lampion ; Lamp oil ; Oak lamp ; Large oak floor lamp ; Oak lamp shade, large ; Desk
        lamp oak → Oak lamp ; Large oak floor lamp ; Oak lamp shade, large ; Desk
        large oak → Large oak floor lamp ; Oak lamp shade, large
        floor lamp → Large oak floor lamp
        oak floor lamp → Large oak floor lamp
        oaklamp → 
        node.js → Node.js handbook
        nodejs → Node.js handbook
        node → Node.js handbook
        js → Node.js handbook
        size 10 → Size 10 boots
        size10 → Size 10 boots
        kx-1000/z → Doctor Who scarf ; Vitamin C 1000 ; Notebook 1000 sheets ; Notebook 1,000 pages
        KX-1000/Z → Doctor Who scarf ; Vitamin C 1000 ; Notebook 1000 sheets ; Notebook 1,000 pages
        kx1000z → Doctor Who scarf
        kx 1000 → Doctor Who scarf ; Vitamin C 1000 ; Notebook 1000 sheets ; Notebook 1,000 pages
        kx-1001 → The Will
        1005 → The The T-Shirt
        101 → Room 101 ; Juice 1.5 l ; Bottle 500ml sport ; Bottle 500 ml ; iPhone15 charger ; iPhone 15 case ; Tee shirt ; WiFi repeater ; Wi-Fi router AX3000 ; LG TV 55" ; TV stand
        1984 → Room 101
        room101 → Room 101
        a-12-b → Plug A-12-B
        a12b → Plug A-12-B
        12 → Plug A-12-B
        12-b → Plug A-12-B
        e-bike → E-Bike 250 W
        ebike → E-Bike 250 W
        e bike → E-Bike 250 W
        250w → E-Bike 250 W
        non-stick → Non-stick pan
        nonstick → Non-stick pan
        non stick pan → Non-stick pan
        ice cream → Ice-cream maker ; Ben & Jerry's ice cream
        ice-cream → Ice-cream maker ; Ben & Jerry's ice cream
        icecream → Ice-cream maker
        nothing at all → 
        lmap → Lampion ; Lamp oil ; Oak lamp ; Large oak floor lamp ; Oak lamp shade, large ; Desk
        wfii → WiFi repeater ; Wi-Fi router AX3000
        "oak" AND lamp → 
        oak OR lamp → 
        NEAR(oak lamp) → 
        name:lamp → 
        oak* → Oak lamp ; Oak lamp shade, large ; Large oak floor lamp ; Desk
        % → 
        _ → 
        oak\\ → Oak lamp ; Oak lamp shade, large ; Large oak floor lamp ; Desk
        """
}
