namespace Veil.Studio.Editing;

/// <summary>What a user does at one go, e.g. dragging: all edits of the same gesture, one after the other, are one step of undoing. Compared by identity.</summary>
internal sealed class EditGesture;
