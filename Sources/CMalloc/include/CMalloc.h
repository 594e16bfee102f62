#ifndef KONTOR_CMALLOC_H
#define KONTOR_CMALLOC_H

/*
 * Has glibc's heap map every block of `threshold` bytes or more by itself and give it back when it is freed, and keep no more
 * than twice as much free at the top of an arena. Without a call the threshold grows with the blocks that are freed, up to
 * 32 MiB, and every thread's arena keeps what it once was given. Elsewhere nothing happens.
 */
void kmalloc_map_from(int threshold);

#endif
