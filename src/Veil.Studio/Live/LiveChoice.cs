using Veil.Regions;

namespace Veil.Studio.Live;

/// <summary>What the user chose for the camera's picture. Immutable.</summary>
internal sealed record LiveChoice
{
    /// <summary>What is found and covered; one kind at least.</summary>
    public IReadOnlyList<RegionKind> Kinds { get; init; } = [RegionKind.Face];

    /// <summary>Id of the method for people; plates and writing get a safe one of their own where it is not for them.</summary>
    public string Method { get; init; } = "veil";

    /// <summary>Which of the method's strengths, 0 for the strongest; null for its defaults.</summary>
    public int? Strength { get; init; }

    /// <summary>Shape of what is covered of people; null for what suits the method.</summary>
    public RegionShape? Shape { get; init; }

    /// <summary>Growth of people's regions on each side, as a fraction of their size; null for what suits the method.</summary>
    public float? Growth { get; init; }

    /// <summary>How long a frame may wait for what is found in it.</summary>
    public LiveDelay Delay { get; init; } = LiveDelay.Automatic;
}
