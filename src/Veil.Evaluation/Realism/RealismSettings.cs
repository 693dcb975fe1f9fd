using Veil.Detection;
using Veil.Evaluation.Privacy;
using Veil.Imaging;

namespace Veil.Evaluation.Realism;

/// <summary>How realism is measured. Immutable.</summary>
public sealed record RealismSettings
{
    /// <summary>Which detectors look for faces again, at their own thresholds; at least one. The first is that by whose faces landmarks are looked for.</summary>
    public required IReadOnlyList<ProbeDetector> Detectors { get; init; }

    /// <summary>Finds dense points.</summary>
    public required ProbeLandmarker Landmarker { get; init; }

    /// <summary>Tells people apart; its <see cref="RecognitionNetwork.SamePerson"/> is known.</summary>
    public required RecognitionNetwork Recognition { get; init; }

    /// <summary>In whose vectors Fréchet distances are taken; may be empty.</summary>
    public IReadOnlyList<FeatureNetwork> Features { get; init; } = [];

    /// <summary>Seed of all that is drawn. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads, 1 or more. Default: as many as there are processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>A landmark model that looks at treated pictures.</summary>
/// <param name="Id">Short, unique.</param>
/// <param name="Create">Makes one for a worker.</param>
public sealed record ProbeLandmarker(string Id, Func<IFaceLandmarker> Create)
{
    /// <summary>Hashes of its models: with the id the key of what was measured with it. Empty where it has none.</summary>
    public string Identity { get; init; } = "";
}

/// <summary>A network whose vectors describe what a face looks like.</summary>
/// <param name="Id">Short, unique.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Sha256">Hash of its weights: with the id the key of what was measured with it.</param>
/// <param name="View">What it looks at.</param>
/// <param name="Read">The network, thread-safe: vectors of one length from <see cref="PixelFormat.Rgb24"/> pixels that it only reads. Null where it has no answer.</param>
public sealed record FeatureNetwork(string Id, string Name, string Sha256, FeatureView View, Func<PixelBuffer, float[]?> Read);

/// <summary>What of a face a network looks at.</summary>
public enum FeatureView
{
    /// <summary>The face, aligned by the original's points (<see cref="Identity.FaceAlignment"/>).</summary>
    Aligned,

    /// <summary>A square around the face with hair and some background.</summary>
    Crop,
}
