namespace Veil.Regions;

/// <summary>How much of a region is written.</summary>
public enum RegionDetail
{
    /// <summary>All that is known: for files from which regions are covered later.</summary>
    Complete,

    /// <summary>
    /// Without dense face points and masks: they take kilobytes, and measure a face or show a figure as closely as recognition
    /// does, which has no place in a report about hiding it.
    /// </summary>
    Summary,
}
