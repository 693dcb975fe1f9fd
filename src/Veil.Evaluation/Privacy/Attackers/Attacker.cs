using Veil.Evaluation.Privacy.Restorations;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Privacy.Attackers;

/// <summary>What an attacker does to a picture before he compares it.</summary>
public enum FaceView
{
    /// <summary>The clear picture.</summary>
    Original,

    /// <summary>The picture as the method leaves it.</summary>
    Treated,

    /// <summary>That, restored as far as can be (<see cref="RestorationCatalog"/>).</summary>
    Restored,
}

/// <summary>What an attacker compares pictures by.</summary>
public enum FaceComparison
{
    /// <summary>A recognition network.</summary>
    Network,

    /// <summary>Colours of a thumbnail, without any network.</summary>
    Pixels,
}

/// <summary>Somebody with an archive of known faces who wants to know whom an anonymized picture shows. Immutable.</summary>
/// <param name="Id">Short, unique.</param>
/// <param name="Summary">What he does, in one sentence.</param>
/// <param name="Probe">What he does to the anonymized picture.</param>
/// <param name="Gallery">What he does to his archive.</param>
/// <param name="By">What he compares by.</param>
public sealed record Attacker(string Id, string Summary, FaceView Probe, FaceView Gallery, FaceComparison By)
{
    /// <summary>False where there is nothing for him to do: a method without a known restoration, or an original, which needs no imitation.</summary>
    /// <param name="treatment">What he attacks.</param>
    public bool AppliesTo(Treatment treatment)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        return Probe != FaceView.Restored ? !(treatment.IsOriginal && Gallery == FaceView.Treated && By == FaceComparison.Network)
            : RestorationCatalog.For(treatment) is not null;
    }
}
