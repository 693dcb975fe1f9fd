// Fine-tuning uses all processors: tests beside each other would wait for each other's threads.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
