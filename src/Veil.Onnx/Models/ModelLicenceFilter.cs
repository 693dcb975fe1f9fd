namespace Veil.Onnx.Models;

/// <summary>Which models a user lets Veil use.</summary>
public enum ModelLicenceFilter
{
    /// <summary>All; their terms are said, not enforced.</summary>
    Any,

    /// <summary>Only <see cref="ModelTerms.Permissive"/> ones; others are refused by name.</summary>
    Permissive,
}
