"""Makes a folder of pictures as shops are sent them, and beside each what its pixels are in sRGB.

Needs Pillow from PyPI, whose littleCMS and decoders are the second opinion. For NAME there is NAME (the file) and
NAME.rgba (rows from the top, four bytes a pixel); what is printed is a list of {name, width, height} in JSON.
"""

import io
import json
import pathlib
import struct
import sys
import zlib

from PIL import Image, ImageCms, ImageOps

WIDTH, HEIGHT = 48, 32
INTENT = ImageCms.Intent.PERCEPTUAL

# MARK: Profiles


def s15(value):
    return struct.pack(">i", round(value * 65536))


def xyz(values):
    return b"XYZ " + bytes(4) + b"".join(map(s15, values))


def curve(gamma):
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))


def parametric(*numbers):
    return b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(map(s15, numbers))


def text(name):
    return b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(78)


def profile(kind, space, connection, tags, version=0x02100000):
    tags = [(b"desc", text(b"test")), (b"wtpt", xyz((0.9642, 1.0, 0.8249)))] + tags
    table, data, place = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, content in tags:
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, place + len(data), len(content))
        data += content
    size = place + len(data)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), version, kind, space, connection)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + b"".join(map(s15, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + table + data


def matrix(red, green, blue, tone, extra=()):
    tags = [(b"rXYZ", xyz(red)), (b"gXYZ", xyz(green)), (b"bXYZ", xyz(blue))]
    return profile(b"mntr", b"RGB ", b"XYZ ", tags + [(n, tone) for n in (b"rTRC", b"gTRC", b"bTRC")] + list(extra))


SRGB_TONE = parametric(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
P3_COLOURS = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
P3 = matrix(*P3_COLOURS, SRGB_TONE)
P3_LARGE = matrix(*P3_COLOURS, SRGB_TONE, [(b"priv", b"data" + bytes(100_000))])
ADOBE = matrix(
    (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), curve(563 / 256))
PROPHOTO = matrix((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491), curve(1.8))
GREY = profile(b"mntr", b"GRAY", b"XYZ ", [(b"kTRC", curve(1.8))])


def inks():
    """A printer's profile: a table from four inks to Lab."""
    grid, table = 5, b""
    for place in range(grid**4):
        c, m, y, k = ((place // grid**power) % grid / (grid - 1) for power in (3, 2, 1, 0))
        light = (100 - 32 * c - 42 * m - 8 * y) * (1 - 0.92 * k)
        a, b = ((-34 * c + 68 * m - 4 * y) * (1 - k), (-44 * c - 4 * m + 82 * y) * (1 - k))
        table += struct.pack(">3H", *(round(v * 256) for v in (max(light, 0) * 2.55, a + 128, b + 128)))
    lut = b"mft2" + bytes(4) + bytes((4, 3, grid, 0)) + b"".join(s15(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    lut += struct.pack(">HH", 2, 2) + struct.pack(">HH", 0, 65535) * 4 + table + struct.pack(">HH", 0, 65535) * 3
    return profile(b"prtr", b"CMYK", b"Lab ", [(b"A2B0", lut)])


INKS = inks()

# MARK: Motifs


def motif(mode="RGB"):
    """Saturated patches above, ramps of colour and grey below."""
    patches = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255), (255, 0, 255), (240, 120, 30)]
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for x in range(WIDTH):
        ramp = x * 255 // (WIDTH - 1)
        for y in range(HEIGHT):
            if y < 12:
                colour = patches[x * len(patches) // WIDTH]
            elif y < 22:
                colour = (ramp, 255 - ramp, 128)
            else:
                colour = (ramp,) * 3
            image.putpixel((x, y), colour)
    if mode in ("RGBA", "LA"):
        alpha = Image.new("L", image.size)
        alpha.putdata([x * 255 // (WIDTH - 1) for _ in range(HEIGHT) for x in range(WIDTH)])
        image.putalpha(alpha)
    return image.convert(mode)


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


# MARK: Writers


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(image, **options):
    return saved(image, "JPEG", **({"quality": 95, "subsampling": 0} | options))


def png(image, **options):
    return saved(image, "PNG", **options)


def webp(image, **options):
    return saved(image, "WEBP", **({"quality": 95} | options))


def ycck(image):
    """CMYK in the four channels that Adobe's programs write: the first three as luminance and two colours."""
    c, m, y, k = image.split()
    rgb = Image.merge("RGB", (c, m, y)).point(lambda v: 255 - v)
    parts = [part.point(lambda v: 255 - v) for part in rgb.convert("YCbCr").split()]
    data = bytearray(jpeg(Image.merge("CMYK", (*parts, k))))
    place = data.index(b"Adobe")
    data[place + 11] = 2
    return bytes(data)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def plain_png(image, depth=8, interlaced=False, icc=None):
    """A PNG of 8 or 16 bits a channel, also in Adam7's order, which Pillow does not write."""
    colour = {"L": 0, "RGB": 2, "LA": 4, "RGBA": 6}[image.mode]
    width, height = image.size

    def sample(x, y):
        value = image.getpixel((x, y))
        value = (value,) if isinstance(value, int) else value
        return b"".join(bytes((v,)) * (depth // 8) for v in value)

    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    rows = b""
    for left, top, across, down in passes:
        columns = range(left, width, across)
        if not columns:
            continue
        for y in range(top, height, down):
            rows += b"\0" + b"".join(sample(x, y) for x in columns)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    if icc:
        data += chunk(b"iCCP", b"test\0\0" + zlib.compress(icc))
    return data + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def without_end(data):
    assert data.endswith(b"\xff\xd9")
    return data[:-2]


# MARK: What they are

SRGB = ImageCms.createProfile("sRGB")


def expected(data, icc):
    image = Image.open(io.BytesIO(data))
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode in ("P", "1", "PA") or (image.mode in ("L", "RGB") and "transparency" in image.info):
        image = image.convert("RGBA")
    if image.mode.startswith("I"):
        image = image.point(lambda v: v / 257).convert("L")
    alpha = image.getchannel("A") if "A" in image.getbands() else Image.new("L", image.size, 255)
    source = {"LA": "L", "RGBA": "RGB"}.get(image.mode, image.mode)
    if icc is None:
        colours = image.convert(source).convert("RGB")
    else:
        described = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        source = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}[described.profile.xcolor_space]
        colours = ImageCms.profileToProfile(image.convert(source), described, SRGB, INTENT, outputMode="RGB")
    colours.putalpha(alpha)
    return colours


def pictures():
    """Name, bytes, and the profile that counts, None where none does."""
    rgb, rgba, grey, cmyk = motif(), motif("RGBA"), motif("L"), motif().convert("CMYK")
    yield "plain.jpg", jpeg(rgb), None
    yield "p3.jpg", jpeg(rgb, icc_profile=P3), P3
    yield "adobe.jpg", jpeg(rgb, icc_profile=ADOBE), ADOBE
    yield "prophoto.jpg", jpeg(rgb, icc_profile=PROPHOTO), PROPHOTO
    yield "subsampled-p3.jpg", jpeg(rgb, icc_profile=P3, subsampling=2), P3
    yield "progressive-adobe.jpg", jpeg(rgb, icc_profile=ADOBE, progressive=True), ADOBE
    yield "large-profile.jpg", jpeg(rgb, icc_profile=P3_LARGE), P3_LARGE
    yield "grey.jpg", jpeg(grey), None
    yield "grey-profile.jpg", jpeg(grey, icc_profile=GREY), GREY
    yield "grey-in-p3.jpg", jpeg(grey, icc_profile=P3), P3
    yield "cmyk.jpg", jpeg(cmyk), None
    yield "cmyk-profile.jpg", jpeg(cmyk, icc_profile=INKS), INKS
    yield "ycck.jpg", ycck(cmyk), None
    yield "broken-profile.jpg", jpeg(rgb, icc_profile=b"no profile at all" * 20), None
    yield "foreign-profile.jpg", jpeg(rgb, icc_profile=INKS), None
    yield "no-end.jpg", without_end(jpeg(rgb)), None
    yield "no-end-progressive.jpg", without_end(jpeg(rgb, progressive=True)), None
    yield "no-end-cmyk.jpg", without_end(jpeg(cmyk)), None
    for turn in (3, 5, 6, 8):
        yield f"turned-{turn}-p3.jpg", jpeg(rgb, icc_profile=P3, exif=exif(turn)), P3
    yield "plain.png", png(rgb), None
    yield "alpha-p3.png", png(rgba, icc_profile=P3), P3
    yield "deep.png", plain_png(rgb, 16), None
    yield "deep-prophoto.png", plain_png(rgba, 16, icc=PROPHOTO), PROPHOTO
    yield "deep-grey.png", plain_png(grey, 16), None
    yield "deep-grey-profile.png", plain_png(motif("LA"), 16, icc=GREY), GREY
    yield "interlaced-adobe.png", plain_png(rgb, interlaced=True, icc=ADOBE), ADOBE
    yield "deep-interlaced-p3.png", plain_png(rgba, 16, interlaced=True, icc=P3), P3
    yield "palette.png", png(rgb.quantize(32)), None
    yield "palette-alpha-p3.png", png(rgb.quantize(32), transparency=3, icc_profile=P3), P3
    yield "grey-profile.png", png(grey, icc_profile=GREY), GREY
    yield "bits.png", png(rgb.convert("1")), None
    yield "turned-6.png", png(rgb, exif=exif(6)), None
    yield "turned-7-interlaced.png", turned_interlaced(rgb, 7), None
    yield "turned-8-p3.png", png(rgba, icc_profile=P3, exif=exif(8)), P3
    yield "animated.png", png(rgb, save_all=True, append_images=[rgb.rotate(180)], duration=90), None
    yield "lossy.webp", webp(rgb), None
    yield "lossless-alpha-p3.webp", webp(rgba, lossless=True, exact=True, icc_profile=P3), P3
    yield "lossy-adobe.webp", webp(rgb, icc_profile=ADOBE), ADOBE
    yield "turned-6.webp", webp(rgb, lossless=True, exif=exif(6)), None
    yield "turned-3-p3.webp", webp(rgba, lossless=True, exact=True, icc_profile=P3, exif=exif(3)), P3
    frames = {"save_all": True, "append_images": [rgb.rotate(180)], "duration": 90, "lossless": True}
    yield "animated.webp", webp(rgb, **frames), None
    yield "animated-p3.webp", webp(rgb, icc_profile=P3, **frames), P3


def turned_interlaced(image, orientation):
    data = plain_png(image, interlaced=True)
    place = data.index(b"IDAT") - 4
    content = exif(orientation).removeprefix(b"Exif\0\0")
    return data[:place] + chunk(b"eXIf", content) + data[place:]


def main(folder):
    listed = []
    for name, data, icc in pictures():
        # Pillow takes no JPEG without its end mark.
        image = expected(data + b"\xff\xd9" if name.startswith("no-end") else data, icc)
        (folder / name).write_bytes(data)
        (folder / (name + ".rgba")).write_bytes(image.tobytes())
        listed.append({"name": name, "width": image.width, "height": image.height})
    json.dump(listed, sys.stdout)


main(pathlib.Path(sys.argv[1]))
