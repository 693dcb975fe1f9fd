using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Veil.Detection.Plates;

/// <summary>Settings of the detector of plates that is built on writing; the defaults lean towards covering.</summary>
public sealed record PlateTuning : DetectorTuning
{
    /// <summary>Whether OpenCV's plate cascade looks, too. Default <see cref="PlateCascadeUse.WherePresent"/>.</summary>
    [Description("whether OpenCV's plate cascade looks, too: where-present, required (fails without it), or off")]
    public PlateCascadeUse Cascade { get; init; }

    /// <summary>
    /// How sure the reader must be before what it read can clear a line of being a plate: words without a digit, single
    /// characters, sentences. 0..1, where 1 clears none; default 0.8.
    /// </summary>
    [Range(0.0, 1.0)]
    [Description("how sure a reading must be to clear writing of being a plate; 1 clears nothing, so that all writing of a plate's shape is covered")]
    public float Certainty { get; init; } = 0.8f;
}
