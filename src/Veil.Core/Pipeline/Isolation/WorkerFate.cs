namespace Veil.Pipeline.Isolation;

/// <summary>How waiting for a worker ended.</summary>
internal enum WorkerFate
{
    /// <summary>It sent a message.</summary>
    Answered,

    /// <summary>It ended, or sent something that is no message.</summary>
    Died,

    /// <summary>It did not answer in time.</summary>
    TookTooLong,

    /// <summary>It took more memory than allowed.</summary>
    TookTooMuchMemory,
}
