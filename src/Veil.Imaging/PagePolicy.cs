namespace Veil.Imaging;

/// <summary>Which pages of a file become frames.</summary>
internal enum PagePolicy
{
    /// <summary>The first; the others are left out, never copied.</summary>
    FirstOnly,

    /// <summary>All of them; they are alike.</summary>
    All,
}
