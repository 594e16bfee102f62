import CMalloc

/// The C library's heap.
public enum Heap {
    /// Makes the heap return large blocks to the system when they are freed. Called once at start, before there are
    /// threads.
    ///
    /// glibc keeps an arena for each thread, and by itself raises the size from which blocks are mapped alone: uploads,
    /// pictures and long responses would stay in memory for good, once per thread.
    public static func returnLargeBlocks() { kmalloc_map_from(1 << 20) }
}
