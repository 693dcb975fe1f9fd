using System.Collections.Concurrent;
using System.Globalization;
using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Privacy.Verification;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Reads a folder with one folder of pictures for each person. Pictures stay on disk; one at a time is in memory.</summary>
/// <param name="detector">Finds the face in photos.</param>
/// <param name="landmarker">Finds dense points; null where nothing asks for them.</param>
internal sealed class FaceFolder(DetectorDescriptor detector, LandmarkerDescriptor? landmarker)
{
    /// <summary>Adds to a provider of faces in photos what else a run would know of them. Default: nothing.</summary>
    public Func<IRegionProvider, IRegionProvider> Complete { get; init; } = static regions => regions;

    /// <summary>Name of the list of pairs in the folder.</summary>
    public const string Pairs = "pairs.txt";

    /// <summary>Reads it.</summary>
    /// <param name="folder">As named by the user.</param>
    /// <param name="layout">What the pictures are; null looks at their sizes.</param>
    /// <param name="limits">How much of it.</param>
    /// <param name="pairs">A list of pairs; null for the one in the folder, if there is one.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="VeilException">There is no such folder, nobody in it, or the list of pairs is broken.</exception>
    public (FaceArchive Archive, MeasuredInput Input) Read(string folder, ArchiveLayout? layout, FaceLimits limits, string? pairs, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected a folder with one folder of pictures for each person, but there is no folder '{folder}'.");
        }

        var leftOut = new ConcurrentBag<LeftOutPicture>();
        var files = List(folder, limits, leftOut);
        var known = Identify(files, leftOut, cancel);
        var chosen = layout ?? (known.Count > 0 && known.All(file => file.IsAligned) ? ArchiveLayout.Aligned : ArchiveLayout.Photos);
        var faces = Look(known, chosen, leftOut, cancel);
        var list = pairs ?? (File.Exists(Path.Combine(folder, Pairs)) ? Path.Combine(folder, Pairs) : null);
        var (folds, missing) = list is null ? ([], 0) : Match(LfwPairs.Read(list), faces);
        return (
            new FaceArchive(chosen, [.. faces.Select(face => face.Face)], folds, [.. leftOut.OrderBy(picture => picture.Name, StringComparer.Ordinal)]) { MissingPairs = missing },
            MeasuredInput.Of(folder, [.. known.Select(file => file.Path), .. list is null ? Array.Empty<string>() : [list]], cancel));
    }

    private static List<FaceFile> List(string folder, FaceLimits limits, ConcurrentBag<LeftOutPicture> leftOut)
    {
        var people = new SortedDictionary<string, List<FaceFile>>(StringComparer.Ordinal);
        foreach (var planned in OutputPlan.Create([folder], output: null).Items)
        {
            var (item, problem) = (planned.Item, planned.Problem);
            var parts = item.Name.Split('/');
            if (problem is not null)
            {
                leftOut.Add(new LeftOutPicture(item.Name, LeftOutReason.Unreadable, problem.Message));
            }
            else if (parts.Length > 1)
            {
                if (!people.TryGetValue(parts[0], out var own))
                {
                    people[parts[0]] = own = [];
                }

                own.Add(new FaceFile(item.Path, item.Name, parts[0]));
            }
            else if (IsPicture(item.Path))
            {
                leftOut.Add(new LeftOutPicture(item.Name, LeftOutReason.NoPerson, "it lies in no person's folder"));
            }
        }

        var limited = people.Values.Select(own => own.Take(limits.Pictures ?? int.MaxValue).ToList());
        return [.. (limits.People is { } most ? limited.Where(own => own.Count > 1).Take(most) : limited).SelectMany(own => own)];
    }

    private static bool IsPicture(string path)
    {
        try
        {
            return PictureFile.Sniff(path) is not null;
        }
        catch (VeilException)
        {
            return false; // What cannot be opened at the top level is nobody's picture; the people's are opened below.
        }
    }

    /// <summary>Decodes every picture once, so that nothing breaks in the middle of a long measurement.</summary>
    private static List<FaceFile> Identify(List<FaceFile> files, ConcurrentBag<LeftOutPicture> leftOut, CancellationToken cancel)
    {
        var known = new FaceFile?[files.Count];
        ParallelWork.For(files.Count, Environment.ProcessorCount, i =>
        {
            try
            {
                using var pixels = PictureFile.ReadRgb24(files[i].Path);
                known[i] = files[i] with { IsAligned = pixels.Width == FaceAlignment.Side && pixels.Height == FaceAlignment.Side };
            }
            catch (VeilException error)
            {
                leftOut.Add(new LeftOutPicture(files[i].Name, error.Code == VeilErrorCode.NotAPicture ? LeftOutReason.NotAPicture : LeftOutReason.Unreadable, error.Message));
            }
        }, cancel);
        return [.. known.OfType<FaceFile>()];
    }

    private List<(FaceFile File, ArchiveFace Face)> Look(List<FaceFile> files, ArchiveLayout layout, ConcurrentBag<LeftOutPicture> leftOut, CancellationToken cancel)
    {
        var people = files.Select(file => file.Person).Distinct().Select((person, number) => (person, number)).ToDictionary(one => one.person, one => one.number, StringComparer.Ordinal);
        var faces = new ArchiveFace?[files.Count];
        var eyes = new ConcurrentBag<Eyes>();
        try
        {
            ParallelWork.For(files.Count, Environment.ProcessorCount, i =>
            {
                var file = files[i];
                if (layout == ArchiveLayout.Aligned && !file.IsAligned)
                {
                    leftOut.Add(new LeftOutPicture(file.Name, LeftOutReason.NotAligned, $"it is no aligned face of {FaceAlignment.Side}×{FaceAlignment.Side} pixels"));
                    return;
                }

                var own = eyes.TryTake(out var idle) ? idle : new Eyes(layout == ArchiveLayout.Photos ? Finder() : null, layout == ArchiveLayout.Aligned ? landmarker?.Create() : null);
                try
                {
                    using var frame = new Frame(PictureFile.ReadRgb24(file.Path), 0, TimeSpan.Zero);
                    var region = layout == ArchiveLayout.Aligned ? Whole() : Largest(own.Finder!.Find(new MediaItem(file.Path, file.Name, MediaItemOrigin.Named), frame, cancel));
                    var alignment = region is null || layout == ArchiveLayout.Aligned ? null : FaceAlignment.Of(region.Landmarks!);
                    if (region is null || (layout == ArchiveLayout.Photos && alignment is null))
                    {
                        leftOut.Add(new LeftOutPicture(file.Name, LeftOutReason.NoFace, $"{detector.Id} finds no face with five points in it"));
                        return;
                    }

                    faces[i] = new ArchiveFace(
                        file.Name, people[file.Person], own.Landmarker?.Locate(frame.Pixels, region) is { } points ? region with { Points = points } : region, alignment, () => PictureFile.ReadRgb24(file.Path));
                }
                finally
                {
                    eyes.Add(own);
                }
            }, cancel);
        }
        finally
        {
            foreach (var own in eyes)
            {
                own.Dispose();
            }
        }

        return [.. files.Zip(faces).Where(one => one.Second is not null).Select(one => (one.First, one.Second!))];
    }

    private IRegionProvider Finder()
    {
        var detected = new DetectedRegions(detector.Create(new DetectorOptions()));
        return Complete(landmarker is null ? detected : new LandmarkedRegions(detected, landmarker));
    }

    private static Region Whole() =>
        new(new Box(0, 0, FaceAlignment.Side, FaceAlignment.Side), RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation)) { Landmarks = FaceAlignment.Points };

    private static Region? Largest(IReadOnlyList<Region> found) =>
        found.Where(region => region is { Kind: RegionKind.Face, Landmarks: not null }).MaxBy(region => region.Box.Width * region.Box.Height);

    private static (IReadOnlyList<IReadOnlyList<FacePair>> Folds, int Missing) Match(
        IReadOnlyList<IReadOnlyList<NamedPair>> folds, List<(FaceFile File, ArchiveFace Face)> faces)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < faces.Count; i++)
        {
            places.TryAdd(Path.ChangeExtension(faces[i].File.Name, null), i);
        }

        var missing = 0;
        var matched = folds.Select(fold =>
        {
            var pairs = new List<FacePair>();
            foreach (var pair in fold)
            {
                if (Place(pair.FirstName, pair.First) is { } first && Place(pair.SecondName, pair.Second) is { } second)
                {
                    pairs.Add(new FacePair(first, second, pair.Same));
                }
                else
                {
                    missing++;
                }
            }

            return pairs;
        }).ToList();
        return (matched, missing);

        int? Place(string name, int number) => places.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{name}/{name}_{number:0000}"), out var place) ? place : null;
    }

    private sealed record FaceFile(string Path, string Name, string Person)
    {
        public bool IsAligned { get; init; }
    }

    /// <summary>What one worker looks with.</summary>
    private sealed record Eyes(IRegionProvider? Finder, IFaceLandmarker? Landmarker) : IDisposable
    {
        public void Dispose()
        {
            Finder?.Dispose();
            Landmarker?.Dispose();
        }
    }
}

/// <summary>How much of a folder is read.</summary>
/// <param name="People">At most so many people, by name, of those with two pictures or more; null for all, and for people with one picture too.</param>
/// <param name="Pictures">At most so many pictures of each, by name; null for all.</param>
internal readonly record struct FaceLimits(int? People, int? Pictures);
