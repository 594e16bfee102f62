import CMalloc

/// The C library's heap.
public enum Heap {
    /// Has large blocks go back to the system when they are freed. Called once at start, before there are threads.
    ///
    /// glibc keeps an arena for each thread, and by itself raises the size from which blocks are mapped alone: uploads, pictures and
    /// long answers would stay in memory for good, as often as there are threads.
    public static func returnLargeBlocks() { kmalloc_map_from(1 << 20) }
}
