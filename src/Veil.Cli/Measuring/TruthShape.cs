using System.Collections.Immutable;
using Veil.Datasets;
using Veil.Datasets.Finding;
using Veil.Datasets.Masks;
using Veil.Evaluation.Coco;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>An annotated object with what found objects are compared with.</summary>
/// <param name="Truth">How it takes part.</param>
/// <param name="Box">Its box.</param>
internal sealed record TruthShape(CocoTruth Truth, CocoBox Box)
{
    /// <summary>Its mask, for masks.</summary>
    public RunLengthMask? Mask { get; init; }

    /// <summary>Its points, for poses; empty for others.</summary>
    public ImmutableArray<CocoKeypoint> Points { get; init; } = [];

    /// <summary>A person's box.</summary>
    public static TruthShape Body(DatasetObject person) => new(new CocoTruth(AreaOf(person), KindOf(person)), CocoBox.From(person.Box));

    /// <summary>A person's face, as far as the keypoints tell where it is; elsewhere faces found on the person are neither right nor wrong.</summary>
    public static TruthShape Face(DatasetObject person, PictureSize size)
    {
        var region = AnnotatedPeople.Of(person, RegionKind.Face, size);
        var box = CocoBox.From(region.Box);
        return new TruthShape(new CocoTruth(box.Area, region.Origin.Name == AnnotatedPeople.WholePerson ? CocoTruthKind.Crowd : CocoTruthKind.Counted), box);
    }

    /// <summary>A person's mask.</summary>
    public static TruthShape Outline(DatasetObject person, PictureSize size)
    {
        var polygons = person.Polygons.RemoveAll(polygon => polygon.Corners < 3);
        var mask = person.Mask ?? (polygons.IsEmpty ? null : RunLengthMask.FromPolygons(polygons, size.Width, size.Height));
        var kind = mask is null ? CocoTruthKind.Ignored : KindOf(person);
        return new TruthShape(new CocoTruth(person.Area ?? mask?.Area ?? person.Box.Area, kind), CocoBox.From(person.Box)) { Mask = mask };
    }

    /// <summary>A person's pose, in COCO's coordinates, which are indices of pixels.</summary>
    public static TruthShape Pose(DatasetObject person)
    {
        ImmutableArray<CocoKeypoint> points = person.Keypoints.Length == KeypointSkeleton.Names.Count
            ? [.. person.Keypoints.Select(point => point.State == KeypointState.Absent ? new CocoKeypoint(0, 0, IsLabelled: false) : new CocoKeypoint(point.X - 0.5, point.Y - 0.5))]
            : [.. KeypointSkeleton.Names.Select(_ => new CocoKeypoint(0, 0, IsLabelled: false))];
        var kind = KindOf(person) is CocoTruthKind.Counted && !points.Any(point => point.IsLabelled) ? CocoTruthKind.Ignored : KindOf(person);
        return new TruthShape(new CocoTruth(AreaOf(person), kind), CocoBox.From(person.Box)) { Points = points };
    }

    private static double AreaOf(DatasetObject person) => person.Area ?? person.Box.Area;

    private static CocoTruthKind KindOf(DatasetObject person) =>
        person.IsCrowd || person.Category.Subject == CategorySubject.People ? CocoTruthKind.Crowd
        : person.IsIgnored ? CocoTruthKind.Ignored
        : CocoTruthKind.Counted;
}
