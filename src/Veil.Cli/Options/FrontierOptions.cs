using System.CommandLine;

namespace Veil.Cli.Options;

/// <summary>The options of <c>veil evaluate frontier</c> that other commands have too, and its target.</summary>
internal sealed class FrontierOptions
{
    /// <summary>What is compared.</summary>
    public TreatmentOptions Treatments { get; } = new("veil", "solid", "pixelate:*", "gaussian:*");

    /// <summary>What is asked for.</summary>
    public FrontierTargetOptions Target { get; } = new();

    /// <summary>How utility is measured.</summary>
    public UtilityTrainingOptions Training { get; } = new();

    /// <summary>What is covered in the dataset.</summary>
    public FindingOptions Finding { get; } = new();

    /// <summary>Dense points of faces.</summary>
    public LandmarkOptions Landmarks { get; } = new("Used where a method asks for points.");

    /// <summary>Where the report goes.</summary>
    public ReportOptions Report { get; } = new();

    public void AddTo(Command command)
    {
        Treatments.AddTo(command);
        Report.AddTo(command);
        Target.AddTo(command);
        Training.AddTo(command);
        Finding.AddTo(command);
        Landmarks.AddTo(command);
    }
}
