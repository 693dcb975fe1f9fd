namespace Veil.Pipeline;

/// <summary>What happens when the target is there already.</summary>
public enum OverwritePolicy
{
    /// <summary>It is an error.</summary>
    Refuse,

    /// <summary>It is replaced, in one step, once the new file is complete.</summary>
    Replace,
}
