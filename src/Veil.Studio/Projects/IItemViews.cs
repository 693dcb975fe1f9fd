namespace Veil.Studio.Projects;

/// <summary>What is known and shown of a project's items. Thread-safe.</summary>
internal interface IItemViews
{
    /// <summary>The regions of an item, as found or as edited last; null before they were found.</summary>
    Task<ReviewedItem?> RegionsAsync(string project, string item, CancellationToken cancellationToken);

    /// <summary>Keeps edited regions, and counts the item's revision up.</summary>
    Task SaveAsync(string project, string item, ReviewedItem regions, CancellationToken cancellationToken);

    /// <summary>The original, encoded for a browser.</summary>
    /// <param name="project">Its id.</param>
    /// <param name="item">Its id.</param>
    /// <param name="frame">From 0; of pictures 0.</param>
    /// <param name="longest">Most pixels of the longer side; 0 for full size.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="Errors.VeilException">It cannot be opened.</exception>
    Task<EncodedPicture> OriginalAsync(string project, string item, int frame, int longest, CancellationToken cancellationToken);

    /// <summary>The result as it would be written, encoded for a browser. Fails rather than showing an original.</summary>
    /// <param name="project">Its id.</param>
    /// <param name="item">Its id.</param>
    /// <param name="frame">From 0; of pictures 0.</param>
    /// <param name="longest">Most pixels of the longer side; 0 for full size.</param>
    /// <param name="settings">Others than the project's, to try them; null for the project's.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="Errors.VeilException">It cannot be made.</exception>
    Task<EncodedPicture> ResultAsync(string project, string item, int frame, int longest, AnonymizerSettings? settings, CancellationToken cancellationToken);
}

/// <summary>A picture for a browser.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">E.g. <c>image/jpeg</c>.</param>
internal sealed record EncodedPicture(byte[] Bytes, string ContentType);
