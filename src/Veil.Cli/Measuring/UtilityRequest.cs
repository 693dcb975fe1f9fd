using Veil.Cli.Options;
using Veil.Errors;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Evaluation.Utility;
using Veil.Pipeline;

namespace Veil.Cli.Measuring;

/// <summary>What utility is to be measured of, and where to.</summary>
/// <param name="Dataset">Its folder.</param>
/// <param name="Treatments">What to compare.</param>
/// <param name="Options">How to train.</param>
/// <param name="Folder">Takes the report, and keeps what was measured.</param>
internal sealed record UtilityRequest(DirectoryInfo Dataset, IReadOnlyList<Treatment> Treatments, UtilityOptions Options, DirectoryInfo Folder)
{
    /// <summary>Stands for the meaning of the journal's keys.</summary>
    private const string Journal = "veil evaluate utility 1";

    /// <summary>Fails where the report would come to lie in the dataset.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public void RequireSeparateFolders()
    {
        var real = new RealPath();
        var (dataset, output) = (real.OfFolder(Dataset.FullName), real.OfFolder(Folder.FullName));
        if (output == dataset || output.StartsWith(dataset + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"Expected an output folder outside the dataset, but '{Folder}' is {(output == dataset ? "the dataset itself" : "inside it")}.", "Name another folder: -o DIR");
        }
    }

    /// <summary>What earlier starts with the same folder measured.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, also when another run holds it.</exception>
    public MeasurementJournal OpenJournal() => MeasurementJournal.Open(Path.Combine(Folder.FullName, ReportOptions.Journal), Journal);
}
