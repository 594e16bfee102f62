import TestSupport

/// Returns the bytes that a gzip stream holds.
func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    try TestPython.output(
        "import gzip, sys; sys.stdout.buffer.write(gzip.decompress(open(sys.argv[1], 'rb').read()))", input: bytes)
}
