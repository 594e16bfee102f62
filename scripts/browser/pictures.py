"""Pictures of products, drawn: so that nothing is committed that somebody else has made."""

from PIL import Image, ImageDraw

HUES = [(66, 105, 164), (176, 84, 62), (94, 138, 84), (146, 110, 160)]


def draw(path, number, size=640):
    """Draws a lamp in a color that `number` chooses, and returns the path."""
    hue = HUES[number % len(HUES)]
    image = Image.new("RGB", (size, size), (244, 241, 236))
    pen = ImageDraw.Draw(image)
    middle, unit = size // 2, size // 16
    pen.rectangle([middle - unit // 3, 5 * unit, middle + unit // 3, 13 * unit], fill=(70, 66, 62))
    pen.ellipse([middle - 3 * unit, 12 * unit, middle + 3 * unit, 14 * unit], fill=(70, 66, 62))
    width = (3 + number % 2) * unit
    pen.polygon([(middle - unit, 2 * unit), (middle + unit, 2 * unit), (middle + width, 7 * unit),
                 (middle - width, 7 * unit)], fill=hue)
    image.save(path)
    return str(path)
