namespace Veil.Studio.Components.Pages.Review;

/// <summary>What keys do while an item is looked at.</summary>
public sealed partial class ReviewShortcuts
{
    private static readonly (string[] Keys, string Key)[] Known =
    [
        (["Tab"], "KeyTab"), (["Space"], "KeySpace"), (["←", "→", "↑", "↓"], "KeyArrows"), (["Ctrl", "←"], "KeyResize"), (["Shift"], "KeyFar"), (["D"], "KeyDraw"), (["Del"], "KeyDelete"),
        (["Ctrl", "Z"], "KeyUndo"), (["Ctrl", "Y"], "KeyRedo"), (["O"], "KeyOriginal"), (["C"], "KeyCompare"), (["+", "−"], "KeyZoom"), (["0", "1"], "KeyFit"), (["H"], "KeyMove"),
        (["J", "K"], "KeyNext"), (["M"], "KeyLookedAt"), (["?"], "KeyShortcuts"),
    ];

    private bool _open;

    /// <summary>Opens or closes the list.</summary>
    public void Toggle()
    {
        _open = !_open;
        StateHasChanged();
    }
}
