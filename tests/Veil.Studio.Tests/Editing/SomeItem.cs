using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Editing;

/// <summary>Items to edit.</summary>
internal static class SomeItem
{
    public const int Width = 400;
    public const int Height = 300;

    /// <summary>Two found faces and one that stays clear in the first frame, nothing in the others.</summary>
    public static ReviewedItem Create(int frames = 1) => new(Width, Height, [.. Enumerable.Range(0, frames).Select(index => new ReviewedFrame(
        index, TimeSpan.FromSeconds(index / 25.0),
        index > 0 ? [] : [Found(1, new Box(20, 30, 60, 80)), Found(2, new Box(200, 100, 260, 170)), Found(3, new Box(300, 20, 340, 70)) with { Cover = CoverChoice.ClearByPerson }]))]);

    public static ReviewedRegion Found(int id, Box box) => new(id, DrawnFace.Region(box) with
    {
        Score = 0.5f,
        Origin = new RegionOrigin(RegionSource.Detector, "scrfd"),
        Mask = RegionMask.Full(box.ToPixels()),
        Outline = [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom)],
        Reference = box,
        Person = 7,
        Track = 4,
    }, CoverChoice.Covered);
}
