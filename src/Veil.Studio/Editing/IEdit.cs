using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>A change of an item's regions, as a value: the same edit of the same item gives the same result. Immutable.</summary>
internal interface IEdit
{
    /// <summary>What users call it, e.g. on the button that undoes it.</summary>
    EditName Name { get; }

    /// <summary>
    /// The item after the edit. Whatever the edit leaves alone is shared with the item before (see <see cref="ReviewedItems"/>), for
    /// a film has thousands of frames and every step is kept. The same instance where there is nothing to change, or where what was to
    /// be changed is not there.
    /// </summary>
    /// <param name="item">Before.</param>
    ReviewedItem ApplyTo(ReviewedItem item);
}
