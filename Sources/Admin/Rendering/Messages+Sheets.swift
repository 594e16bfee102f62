/// Tables of products, categories and stock that come in and go out.
extension Messages {
    static let sheets: [String: String] = [
        "The file is no text. Save it as \"CSV UTF-8\" and send that.":
            "Die Datei ist kein Text. Speichern Sie sie als „CSV UTF-8“ und senden Sie diese.",
        "Line {}: a cell begins with a quotation mark that no other one closes. Close it, or write it twice.":
            "Zeile {1}: Eine Zelle beginnt mit einem Anführungszeichen, das keines schließt. Schließen oder verdoppeln Sie es.",
        "Line {}: something follows a cell in quotation marks. Write quotation marks within it twice.":
            "Zeile {1}: Nach einer Zelle in Anführungszeichen folgt noch etwas. Verdoppeln Sie Anführungszeichen in der Zelle.",
        "The file has no rows. The first row names the columns, and each other one is about one thing.":
            "Die Datei hat keine Zeilen. Die erste Zeile nennt die Spalten, jede weitere steht für eine Sache.",
        "The file has more than {} rows; send it in parts.":
            "Die Datei hat mehr als {1} Zeilen; senden Sie sie in Teilen.",
        "There is no column \"{}\". The columns are {}. Rename it or take it out.":
            "Eine Spalte „{1}“ gibt es nicht. Die Spalten sind {2}. Benennen Sie sie um, oder nehmen Sie sie heraus.",
        "There is no column \"{}\". Is \"{}\" meant? The columns are {}. Rename it or take it out.":
            "Eine Spalte „{1}“ gibt es nicht. Meinen Sie „{2}“? Die Spalten sind {3}. "
            + "Benennen Sie sie um, oder nehmen Sie sie heraus.",
        "A column stands twice. It is \"{}\": take one of them out.":
            "Die Spalte „{1}“ kommt zweimal vor: Nehmen Sie eine davon heraus.",
        "The column \"{}\" is missing. The first row has to name it: the shop finds by it what a row is about.":
            "Die Spalte „{1}“ fehlt. Die erste Zeile muss sie nennen: An ihr erkennt der Shop, worum es in einer Zeile geht.",
        "Column {} has no name in the first row, but row {} has something in it. Name the column or empty it.":
            "Die Spalte {1} hat in der ersten Zeile keinen Namen, aber in Zeile {2} steht etwas darin. "
            + "Benennen Sie die Spalte, oder leeren Sie sie.",
        "This row has {} cells, the header {}. Put quotation marks around cells that hold a separator or a line break, "
            + "or save the table anew.":
            "Diese Zeile hat {1} Zellen, die Kopfzeile {2}. Setzen Sie Zellen, die ein Trennzeichen oder einen Zeilenumbruch "
            + "enthalten, in Anführungszeichen, oder speichern Sie die Tabelle neu.",
        "This import has ended already.": "Dieser Import ist schon beendet.",
        "These are more than {} rows; use `kontor export {}`.":
            "Das sind mehr als {1} Zeilen; verwenden Sie `kontor export {2}`.",
    ]

    /// Why a workbook is not read.
    static let workbooks: [String: String] = [
        "This is a workbook of Excel 97-2003 (.xls), or one with a password. "
            + "Save it as \"Excel Workbook (.xlsx)\" without a password, or as \"CSV UTF-8\".":
            "Das ist eine Arbeitsmappe aus Excel 97-2003 (.xls) oder eine mit Passwort. "
            + "Speichern Sie sie ohne Passwort als „Excel-Arbeitsmappe (.xlsx)“ oder als „CSV UTF-8“.",
        "This is a document of LibreOffice or OpenOffice (.ods). Save it as \"Excel 2007-365 (.xlsx)\" or as \"Text CSV\".":
            "Das ist ein Dokument aus LibreOffice oder OpenOffice (.ods). "
            + "Speichern Sie es als „Excel 2007-365 (.xlsx)“ oder als „Text CSV“.",
        "This is no workbook that can be read. Save it anew as \"Excel Workbook (.xlsx)\" or as \"CSV UTF-8\".":
            "Diese Arbeitsmappe lässt sich nicht lesen. "
            + "Speichern Sie sie neu als „Excel-Arbeitsmappe (.xlsx)“ oder als „CSV UTF-8“.",
        "This workbook is too large: it may have {} cells in {} columns. "
            + "Take out what is not needed, or send it in parts.":
            "Diese Arbeitsmappe ist zu groß: Sie darf {1} Zellen in {2} Spalten haben. "
            + "Nehmen Sie heraus, was Sie nicht brauchen, oder senden Sie sie in Teilen.",
    ]

    /// What exports of other shop systems hold that is not taken over.
    static let exports: [String: String] = [
        "The first row of this file is not that of {}'s export of products.":
            "Die erste Zeile dieser Datei ist nicht die eines Produktexports aus {1}.",
        "This is {}'s export of products: take it in as products.":
            "Das ist ein Produktexport aus {1}: Lesen Sie ihn als Produkte ein.",
        "A product of the type {} is not taken over: make it by hand.":
            "Ein Produkt der Art „{1}“ wird nicht übernommen: Legen Sie es von Hand an.",
        "A {} product is not taken over: its parts are products of their own.":
            "Ein Produkt der Art „{1}“ wird nicht übernommen: Seine Teile sind eigene Produkte.",
        "The product of this variation is not in the file.": "Das Produkt dieser Variante steht nicht in der Datei.",
        "This row has no handle.": "In dieser Zeile fehlt der Handle.",
        "No row of \"{}\" has a price.": "Keine Zeile von „{1}“ hat einen Preis.",
    ]
}
