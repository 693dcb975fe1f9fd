namespace Veil.Errors;

/// <summary>Stable names of what can go wrong. Values are only ever added; scripts and the API rely on them.</summary>
public enum VeilErrorCode
{
    /// <summary>A file's first bytes are those of no format that Veil knows: it is something else.</summary>
    NotAPicture,

    /// <summary>A file is a picture, but of a kind that Veil does not read.</summary>
    UnsupportedFormat,

    /// <summary>A file says it is a picture but cannot be decoded.</summary>
    CorruptInput,

    /// <summary>A file exceeds a limit on pixels, dimensions, frames or size.</summary>
    LimitExceeded,

    /// <summary>A file cannot be read.</summary>
    UnreadableInput,

    /// <summary>A result cannot be encoded.</summary>
    EncodeFailed,

    /// <summary>A result cannot be written.</summary>
    UnwritableOutput,

    /// <summary>The target is there already.</summary>
    OutputExists,

    /// <summary>A setting is out of range or unknown.</summary>
    InvalidOption,

    /// <summary>A regions file cannot be used.</summary>
    InvalidRegions,

    /// <summary>A model file is missing, altered, or of a layout that is not understood.</summary>
    InvalidModel,

    /// <summary>A native library is missing or of a wrong version.</summary>
    MissingNative,

    /// <summary>A detector failed on a picture.</summary>
    DetectionFailed,

    /// <summary>A method cannot be applied to what was found.</summary>
    AnonymizationFailed,

    /// <summary>Measuring cannot go on with the data given.</summary>
    InvalidGroundTruth,

    /// <summary>A download that the user asked for did not succeed.</summary>
    DownloadFailed,

    /// <summary>An item took longer than allowed.</summary>
    TimedOut,

    /// <summary>A worker process ended amid an item, or cannot be used.</summary>
    WorkerCrashed,

    /// <summary>A reference photo, or the folder of them, cannot be used to know people by.</summary>
    InvalidReference,

    /// <summary>A dataset's annotations or layout cannot be understood; the message names file and line.</summary>
    InvalidDataset,

    /// <summary>A sharded run cannot be closed yet: some of it is not done.</summary>
    UnfinishedRun,

    /// <summary>Training cannot go on: the loss is no longer a number, a saved state cannot be used, or the library fails.</summary>
    TrainingFailed,

    /// <summary>A result was made, but did not hold when it was checked against its original.</summary>
    NotVerified,

    /// <summary>A folder that must be private can be read or changed by others.</summary>
    UnsafeFolder,

    /// <summary>What keeps jobs cannot be reached, read or written just now.</summary>
    StoreUnavailable,

    /// <summary>The disk that originals and results are kept on has no room left.</summary>
    StorageFull,

    /// <summary>Something ended with an error that Veil does not know: a mistake of ours, or a machine that lacks something.</summary>
    UnexpectedFailure,
}
