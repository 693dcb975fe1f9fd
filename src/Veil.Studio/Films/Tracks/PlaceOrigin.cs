namespace Veil.Studio.Films.Tracks;

/// <summary>How a track came to its place in a frame.</summary>
internal enum PlaceOrigin
{
    /// <summary>A detector found it there.</summary>
    Found,

    /// <summary>It was carried there from frames around.</summary>
    FilledIn,

    /// <summary>Somebody put it there: a keyframe.</summary>
    Keyframe,

    /// <summary>It lies between keyframes, or was carried on from one.</summary>
    FromKeyframes,
}
