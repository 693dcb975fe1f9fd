using System.Collections.Concurrent;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Realism;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Reads a folder of pictures and the faces in them. Pictures stay on disk; one at a time is in memory.</summary>
/// <param name="provider">Makes what finds faces with their points, one for each worker.</param>
internal sealed class RealismFolder(Func<IRegionProvider> provider)
{
    /// <summary>Longer side of a face, pixels, below which nobody could say whether it looks real.</summary>
    public const float SmallestFace = 40;

    /// <summary>Reads it.</summary>
    /// <param name="folder">As named by the user: pictures, or a folder of them for each person.</param>
    /// <param name="limits">How much of it: people are folders, or pictures where there are none.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="VeilException">There is no such folder.</exception>
    public (IReadOnlyList<RealismPicture> Pictures, IReadOnlyList<LeftOutPicture> LeftOut, MeasuredInput Input) Read(string folder, FaceLimits limits, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected a folder of pictures with faces, but there is no folder '{folder}'.");
        }

        var leftOut = new ConcurrentBag<LeftOutPicture>();
        var files = List(folder, limits, leftOut);
        var pictures = new RealismPicture?[files.Count];
        var idle = new ConcurrentBag<IRegionProvider>();
        try
        {
            ParallelWork.For(files.Count, Environment.ProcessorCount, i =>
            {
                var own = idle.TryTake(out var other) ? other : provider();
                try
                {
                    pictures[i] = Look(files[i], own, leftOut, cancel);
                }
                finally
                {
                    idle.Add(own);
                }
            }, cancel);
        }
        finally
        {
            foreach (var own in idle)
            {
                own.Dispose();
            }
        }

        return ([.. pictures.OfType<RealismPicture>()], [.. leftOut.OrderBy(picture => picture.Name, StringComparer.Ordinal)], MeasuredInput.Of(folder, [.. files.Select(file => file.Path)], cancel));
    }

    private static List<(string Path, string Name, int Group)> List(string folder, FaceLimits limits, ConcurrentBag<LeftOutPicture> leftOut)
    {
        var groups = new SortedDictionary<string, List<(string Path, string Name)>>(StringComparer.Ordinal);
        foreach (var planned in OutputPlan.Create([folder], output: null).Items)
        {
            var (item, problem) = (planned.Item, planned.Problem);
            if (problem is not null)
            {
                leftOut.Add(new LeftOutPicture(item.Name, LeftOutReason.Unreadable, problem.Message));
                continue;
            }

            var group = item.Name.Split('/')[0];
            if (!groups.TryGetValue(group, out var own))
            {
                groups[group] = own = [];
            }

            own.Add((item.Path, item.Name));
        }

        return [.. groups.Values.Take(limits.People ?? int.MaxValue).SelectMany((own, group) => own.OrderBy(file => file.Name, StringComparer.Ordinal).Take(limits.Pictures ?? int.MaxValue).Select(file => (file.Path, file.Name, group)))];
    }

    private static RealismPicture? Look((string Path, string Name, int Group) file, IRegionProvider provider, ConcurrentBag<LeftOutPicture> leftOut, CancellationToken cancel)
    {
        try
        {
            using var frame = new Frame(PictureFile.ReadRgb24(file.Path), 0, TimeSpan.Zero);
            var item = new MediaItem(file.Path, file.Name, MediaItemOrigin.Named);
            List<Region> faces =
            [
                .. provider.Find(item, frame, cancel)
                    .Where(face => face.Kind == RegionKind.Face && face.Box.LongSide >= SmallestFace && face.Landmarks is { } five && FaceAlignment.Of(five) is not null),
            ];
            provider.Complete(item, 1);
            if (faces.Count > 0)
            {
                return new RealismPicture(file.Name, file.Group, faces, () => PictureFile.ReadRgb24(file.Path));
            }

            leftOut.Add(new LeftOutPicture(file.Name, LeftOutReason.NoFace, $"no face of {SmallestFace} pixels or more with five points is found in it"));
        }
        catch (VeilException error)
        {
            leftOut.Add(new LeftOutPicture(file.Name, error.Code == VeilErrorCode.NotAPicture ? LeftOutReason.NotAPicture : LeftOutReason.Unreadable, error.Message));
        }

        return null;
    }
}
