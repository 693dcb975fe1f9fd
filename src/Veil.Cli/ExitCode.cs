using Veil.Errors;

namespace Veil.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>Some input failed; the others were done.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line or an options file cannot be understood, or asks for something refused.</summary>
    public const int Usage = 2;

    /// <summary>Something that Veil needs is missing on this machine.</summary>
    public const int Environment = 3;

    /// <summary>Ctrl-C or a termination signal; the shell's convention for it.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code for a failure that ends the whole command.</summary>
    public static int For(VeilErrorCode code) => code switch
    {
        VeilErrorCode.MissingNative or VeilErrorCode.InvalidModel or VeilErrorCode.DownloadFailed or VeilErrorCode.WorkerCrashed => Environment,
        VeilErrorCode.InvalidOption or VeilErrorCode.UnreadableInput or VeilErrorCode.InvalidRegions or VeilErrorCode.OutputExists
            or VeilErrorCode.UnwritableOutput or VeilErrorCode.InvalidGroundTruth or VeilErrorCode.InvalidReference
            or VeilErrorCode.InvalidDataset => Usage,
        _ => SomeFailed,
    };
}
