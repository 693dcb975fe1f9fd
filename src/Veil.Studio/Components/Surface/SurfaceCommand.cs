using System.Text.Json.Serialization;

namespace Veil.Studio.Components.Surface;

/// <summary>What a key on a <see cref="RegionSurface"/> asks the page for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SurfaceCommand>))]
public enum SurfaceCommand
{
    /// <summary>Take the last step back.</summary>
    Undo,

    /// <summary>Bring it back.</summary>
    Redo,

    /// <summary>Show the original beside the result, or not any more.</summary>
    Compare,

    /// <summary>Let dragging move the view, or draw again.</summary>
    Move,

    /// <summary>Go to the next item that needs a look.</summary>
    Next,

    /// <summary>Go to the one before.</summary>
    Previous,

    /// <summary>Mark the item as looked at, and go on.</summary>
    LookedAt,

    /// <summary>Show what keys do.</summary>
    Shortcuts,
}
