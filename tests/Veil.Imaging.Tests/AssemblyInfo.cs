// Leaks are found by libvips' count of its memory, which is one for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
