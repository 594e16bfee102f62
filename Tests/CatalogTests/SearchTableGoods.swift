/// A catalog of names in which searches go wrong: stop words, marks, units, scripts and spellings.
enum SearchTableGoods {
    /// Name, then description where there is one.
    static let goods: [String] = [
        "Doctor Who scarf|Twelve feet of wool as the Doctor wears it", "The Will|A novel about an inheritance",
        "Salz und Pfeffer Set|Zwei Streuer aus Holz", "Gift for her|A box with ribbons",
        "To be or not to be|Shakespeare on a mug", "The The T-Shirt|Band merchandise",
        "It|A horror novel about a clown", "Who's Who 2024|An annual", "USB-C cable 2 m|Fast charging, 100 W",
        "USB cable XL|Two metres", "TV stand|For screens up to 65 in", "LG TV 55\"|Bright HDR",
        "Wi-Fi router AX3000|Dual band", "WiFi repeater|Extends any network", "Tee shirt|Plain, like a T shirt",
        "iPhone 15 case|Silicone", "iPhone15 charger|20W", "Bottle 500 ml|Steel", "Bottle 500ml sport|Aluminium",
        "Juice 1.5 l|Apple", "Saft 1,5 l|Birne", "Notebook 1,000 pages|Ruled", "Notebook 1000 sheets|Plain",
        "MP3 player|Small", "4K monitor 27in|Sharp", "3D printer|Prints with filament",
        "Screws M4x10|A hundred pieces", "C++ Primer|For beginners", "C# in Depth|For the advanced",
        "C Programming Language|The white book", "Vitamin C 1000|Tablets", "Levi's 501 jeans|Denim",
        "L’Oréal shampoo|For dry hair", "O'Neill boardshorts|For surfers", "Ben & Jerry's ice cream|Frozen",
        "AT&T mug|Telephone company", "AC/DC poster|Hard rock", "Rock'n'Roll socks|One pair",
        "Crème brûlée torch|A torch for the kitchen", "Jalapeño chips|Hot", "Smörgåsbord board|Beech",
        "Łódź poster|Straße in winter", "Kaffeemühle|Mahlt fein", "Æbleskiver pan|Cast iron",
        "Şişe kapağı|Cork",
        "Đặng tea set|From Huế", "İstanbul print|City at night", "Ελληνικό ελαιόλαδο|Εξαιρετικό παρθένο",
        "ΟΔΥΣΣΕΥΣ|Έπος του Ομήρου", "Чайник медный|для чая", "Ёлочная игрушка|Стекло", "Йогурт натуральный|Без сахара",
        "Київський торт|Ґрунт не входить", "שָׁלוֹם כרטיס|כרטיס ברכה", "שלום עליכם|ספר", "צה״ל חולצה|כותנה",
        "كِتَاب الطبخ|وصفات", "كتاب الأطفال|قصص", "قهوة عربية|بن", "東京タワー模型|プラスチック製", "緑茶セット|急須と湯のみ",
        "不锈钢水壶|一点五升", "스테인리스 냄비세트|주방용품", "ข้าวหอมมะลิ|ห้ากิโลกรัม", "ガラス花瓶|手作り", "ｶﾞﾗｽ皿|大きい",
        "Ｆｕｌｌ Ｗｉｄｔｈ pen|Blue", "ﬁne oﬃce paper|White", "Cafe\u{301} filter|Paper", "Soft\u{AD}ware manual|Printed",
        "Zero\u{200B}width tape|Sticky", "LEGO® Star™ set|Bricks", "H₂O carafe|For 2 m² of table", "½ inch pipe|Copper",
        "Oak lamp|Warm light", "Oak lamp shade, large|Linen", "Large oak floor lamp|Brass foot", "Lamp oil|Scented",
        "Lampion|Paper", "Desk|With an oak lamp upon it", "Node.js handbook|Server side", "Size 10 boots|Black",
        "٤٢ أقلام|حبر", "Room 101|Year 1984", "Plug A-12-B|With earth", "E-Bike 250 W|Electric",
        "Non-stick pan|Coated", "Ice-cream maker|Cold",
    ]
}
