using Veil.Anonymization;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

namespace Veil;

/// <summary>What to find, what happens to it, and how results are written. The defaults cover every face with <c>veil</c> and carry no metadata. Immutable.</summary>
public sealed record AnonymizerSettings
{
    /// <summary>What to find and cover, one entry a kind. Default: faces.</summary>
    public IReadOnlyList<KindTreatment> Treatments { get; init; } = [new KindTreatment(RegionKind.Face)];

    /// <summary>Methods of the program's own, beside Veil's: a <see cref="KindTreatment"/> names them by their ids. Default: none.</summary>
    public IReadOnlyList<AnonymizerDescriptor> OwnMethods { get; init; } = [];

    /// <summary>With which detectors, and how hard.</summary>
    public DetectionSettings Detection { get; init; } = new();

    /// <summary>How regions are carried from frame to frame of films; null leaves each frame by itself.</summary>
    public TrackingPolicy? Tracking { get; init; } = new();

    /// <summary>Whom to hide; null (default) for everybody.</summary>
    public PeopleSelection? People { get; init; }

    /// <summary>Seed of everything that methods draw at random: same seed, same bytes. Null (default) leaves the options' own.</summary>
    public int? Seed { get; init; }

    /// <summary>How pictures are written, and which metadata they carry.</summary>
    public EncodeOptions Encoding { get; init; } = EncodeOptions.Default;

    /// <summary>How films are written.</summary>
    public VideoOptions Video { get; init; } = new();

    /// <summary>How large an input may be.</summary>
    public PictureLimits Limits { get; init; } = PictureLimits.Default;

    /// <summary>What to do where an output is already.</summary>
    public OverwritePolicy Existing { get; init; }

    /// <summary>Which modification time outputs bear.</summary>
    public OutputTimes Times { get; init; } = OutputTimes.Now;

    /// <summary>Whether outputs are checked before they are put in their places.</summary>
    public VerifyOutput Verify { get; init; }

    /// <summary>Whether what is in front of faces stays, with methods that ask for it.</summary>
    public KeptOcclusions Occlusions { get; init; } = KeptOcclusions.On;

    /// <summary>Which models may be used.</summary>
    public ModelLicenceFilter Licence { get; init; }
}
