namespace Veil.Detection.Plates;

/// <summary>Whether a second detector takes part that needs a native library.</summary>
public enum PlateCascadeUse
{
    /// <summary>Where its library and file are installed; writing alone elsewhere.</summary>
    WherePresent,

    /// <summary>Always: without it the run does not start. For runs over several machines, which must find the same.</summary>
    Required,

    /// <summary>Never.</summary>
    Off,
}
