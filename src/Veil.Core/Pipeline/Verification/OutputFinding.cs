namespace Veil.Pipeline.Verification;

/// <summary>How grave a finding is.</summary>
public enum FindingTone
{
    /// <summary>Worth knowing; says nothing against the output.</summary>
    Note,

    /// <summary>To be looked at by somebody; does not fail the output.</summary>
    Doubtful,

    /// <summary>Something that was to be checked could not be.</summary>
    Unchecked,

    /// <summary>The output does not hold.</summary>
    Failed,
}

/// <summary>Where in a picture or film a finding lies.</summary>
/// <param name="Frame">0 for a still and for a film's first frame.</param>
/// <param name="Left">Left edge, pixel-edge coordinates of the upright original.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
public sealed record FindingPlace(int Frame, float Left, float Top, float Right, float Bottom)
{
    /// <summary>A place in a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="box">Where.</param>
    public static FindingPlace Of(int frame, Regions.Box box) => new(frame, box.Left, box.Top, box.Right, box.Bottom);

    /// <summary>The place as a box.</summary>
    public Regions.Box ToBox() => new(Left, Top, Right, Bottom);
}

/// <summary>Something that a check has to say about an output. It holds no picture of anybody and no value of metadata.</summary>
/// <param name="Check">Id of the check.</param>
/// <param name="Tone">How grave.</param>
/// <param name="Message">One sentence.</param>
public sealed record OutputFinding(string Check, FindingTone Tone, string Message)
{
    /// <summary>Where; null for the file as a whole.</summary>
    public FindingPlace? Place { get; init; }

    /// <summary>What was measured, e.g. a similarity; null where nothing was.</summary>
    public double? Value { get; init; }
}
