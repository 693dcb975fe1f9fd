using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Privacy;

/// <summary>What the pictures of an archive are.</summary>
public enum ArchiveLayout
{
    /// <summary>Faces cut out and turned already (<see cref="FaceAlignment"/>): the whole crop is covered.</summary>
    Aligned,

    /// <summary>Ordinary photos: the face's region is covered as a run would, and the rest shows.</summary>
    Photos,
}

/// <summary>A picture with the one face in it that is measured. Immutable.</summary>
/// <param name="Name">For messages, e.g. its path below the folder.</param>
/// <param name="Person">Who it shows: any number, the same for the same person.</param>
/// <param name="Region">The face, in the picture's coordinates; of an aligned crop all of it.</param>
/// <param name="Alignment">How recognition networks want it, from the original's points; null where the picture is aligned already.</param>
/// <param name="Read">Its pixels, <see cref="PixelFormat.Rgb24"/>, owned by the caller. Thread-safe; throws <see cref="Errors.VeilException"/>.</param>
public sealed record ArchiveFace(string Name, int Person, Region Region, FaceAlignment? Alignment, Func<PixelBuffer> Read);

/// <summary>Two pictures of an archive, and whether they show the same person.</summary>
/// <param name="First">Index of a face.</param>
/// <param name="Second">Index of another.</param>
/// <param name="Same">True for the same person.</param>
public readonly record struct FacePair(int First, int Second, bool Same);

/// <summary>A picture that is not measured.</summary>
/// <param name="Name">As <see cref="ArchiveFace.Name"/>.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Explanation">In a sentence.</param>
public sealed record LeftOutPicture(string Name, LeftOutReason Reason, string Explanation);

/// <summary>Why a picture is not measured.</summary>
public enum LeftOutReason
{
    /// <summary>It cannot be decoded.</summary>
    Unreadable,

    /// <summary>It is no picture.</summary>
    NotAPicture,

    /// <summary>It lies in no person's folder.</summary>
    NoPerson,

    /// <summary>It is no aligned crop, but the others are.</summary>
    NotAligned,

    /// <summary>No face with points was found in the original.</summary>
    NoFace,
}

/// <summary>Pictures of known people to be anonymized and attacked. Immutable.</summary>
/// <param name="Layout">What the pictures are.</param>
/// <param name="Faces">One for each usable picture.</param>
/// <param name="Folds">Pairs for the check of the networks on originals, fold by fold as their list has them; empty where there is no list.</param>
/// <param name="LeftOut">Pictures that cannot be measured.</param>
public sealed record FaceArchive(ArchiveLayout Layout, IReadOnlyList<ArchiveFace> Faces, IReadOnlyList<IReadOnlyList<FacePair>> Folds, IReadOnlyList<LeftOutPicture> LeftOut)
{
    /// <summary>Pairs of the list that name a picture which is not there or was left out.</summary>
    public int MissingPairs { get; init; }
}
