namespace Veil.Pipeline;

/// <summary>What a file's appearance says about power loss.</summary>
public enum OutputDurability
{
    /// <summary>The operating system writes it to the disk when it likes: a file may be empty after power loss.</summary>
    Cached,

    /// <summary>Its bytes are on the disk before it bears its name.</summary>
    Synced,
}
