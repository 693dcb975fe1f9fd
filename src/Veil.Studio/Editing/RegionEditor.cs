using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>
/// The regions of one item while they are edited, with undo and redo as far back as the editor was opened. Every state is
/// kept; states share what they have in common. Thread-safe: two windows may look at the same editor.
/// </summary>
/// <param name="start">The item as it is kept.</param>
internal sealed class RegionEditor(ReviewedItem start)
{
    private readonly Lock _lock = new();
    private readonly Stack<Step> _done = [];
    private readonly Stack<Step> _undone = [];
    private ReviewedItem _current = start;

    /// <summary>Told after every change, outside any lock, on the thread that made it.</summary>
    public event Action? Changed;

    /// <summary>The item as it is now.</summary>
    public ReviewedItem Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>What undoing would take back; null where there is nothing.</summary>
    public EditName? NextUndo
    {
        get
        {
            lock (_lock)
            {
                return _done.TryPeek(out var step) ? step.Name : null;
            }
        }
    }

    /// <summary>What redoing would bring back; null where there is nothing.</summary>
    public EditName? NextRedo
    {
        get
        {
            lock (_lock)
            {
                return _undone.TryPeek(out var step) ? step.Name : null;
            }
        }
    }

    /// <summary>Makes an edit. What was undone before cannot be redone any more.</summary>
    /// <param name="edit">The edit; one that changes nothing leaves no trace.</param>
    /// <param name="gesture">Edits of one gesture that follow each other are undone at once; null for an edit by itself.</param>
    public void Apply(IEdit edit, EditGesture? gesture = null)
    {
        lock (_lock)
        {
            var after = edit.ApplyTo(_current);
            if (ReferenceEquals(after, _current))
            {
                return;
            }

            var goesOn = gesture is not null && _undone.Count == 0 && _done.TryPeek(out var last) && last.Gesture == gesture;
            if (!goesOn)
            {
                _done.Push(new Step(edit.Name, _current, gesture));
            }

            _undone.Clear();
            _current = after;
        }

        Changed?.Invoke();
    }

    /// <summary>Takes the last step back, if there is one.</summary>
    public void Undo() => Take(_done, _undone);

    /// <summary>Brings back the step that was taken back last, if there is one.</summary>
    public void Redo() => Take(_undone, _done);

    /// <summary>Starts anew from another item, because what is kept was changed elsewhere; no step before it can be undone.</summary>
    /// <param name="item">The item.</param>
    public void Reset(ReviewedItem item)
    {
        lock (_lock)
        {
            _done.Clear();
            _undone.Clear();
            _current = item;
        }

        Changed?.Invoke();
    }

    private void Take(Stack<Step> from, Stack<Step> to)
    {
        lock (_lock)
        {
            if (!from.TryPop(out var step))
            {
                return;
            }

            // A gesture that was undone is over: nothing may go on with it.
            to.Push(new Step(step.Name, _current, Gesture: null));
            _current = step.Other;
        }

        Changed?.Invoke();
    }

    /// <summary>A step that can be taken.</summary>
    /// <param name="Name">What it does, or takes back.</param>
    /// <param name="Other">The item on its other side.</param>
    /// <param name="Gesture">What it belongs to.</param>
    private sealed record Step(EditName Name, ReviewedItem Other, EditGesture? Gesture);
}
