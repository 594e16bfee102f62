/// Files that are uploaded, pictures among them.
extension Messages {
    static let files: [String: String] = [
        "No file was submitted.": "Es wurde keine Datei gewählt.",
        "The submitted file is empty.": "Die Datei ist leer.",
        "The file's name may not hold a path.": "Der Name der Datei darf keinen Pfad enthalten.",
        "Upload a valid image. The file is something else beside a picture.":
            "Laden Sie ein Bild hoch. Die Datei enthält außer einem Bild noch etwas anderes.",
        "Upload a valid image. The file is neither JPEG, PNG nor WebP.":
            "Laden Sie ein Bild hoch: JPEG, PNG oder WebP.",
        "Upload a valid image. The file you uploaded was a corrupted image.":
            "Laden Sie ein anderes Bild hoch. Dieses ist beschädigt.",
        "The image may have {} pixels at most.": "Das Bild darf höchstens {1} Pixel haben.",
        "Too many pictures are being read. Try again in a moment.":
            "Es werden gerade zu viele Bilder gelesen. Versuchen Sie es gleich noch einmal.",
        "Upload a PDF or a picture: JPEG, PNG or WebP.": "Laden Sie ein PDF oder ein Bild hoch: JPEG, PNG oder WebP.",
        "Too many documents are being drawn. Please try again in a moment.":
            "Es werden gerade zu viele Dokumente erstellt. Versuchen Sie es gleich noch einmal.",
    ]
}
