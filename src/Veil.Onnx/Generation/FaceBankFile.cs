using Veil.Anonymization.Synthesis;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>
/// The file of a bank: magic, the recipe's identity (32 bytes), then one <see cref="FaceRecord"/> after the other, in the recipe's
/// order. Whole only under its own name: while it is made it bears another.
/// </summary>
internal static class FaceBankFile
{
    private static readonly byte[] Magic = "veil faces\n"u8.ToArray();

    /// <summary>Opens a bank, and checks every byte of it.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="recipe">What it must be made by.</param>
    /// <returns>Null where it is not there, or is not whole, unaltered and of this recipe.</returns>
    public static IReadOnlyList<GeneratedFace>? Open(string path, FaceRecipe recipe)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var faces = new List<GeneratedFace>();
            if (ReadAll(file, recipe, (_, record) => Add(faces, record)) == recipe.Faces.Count && file.Position == file.Length)
            {
                return faces;
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Whatever is wrong with it, it is made anew; whether that can be written is said there.
            return null;
        }
    }

    /// <summary>Writes the beginning of a bank, or finds out how far one was made, and drops what was torn.</summary>
    /// <param name="file">Open for reading and writing; afterwards at the place of the next face.</param>
    /// <param name="recipe">What it is made by.</param>
    /// <returns>How many faces it holds.</returns>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static int Continue(FileStream file, FaceRecipe recipe)
    {
        var sound = 0L;
        var known = ReadAll(file, recipe, (offset, record) => sound = offset + record.Bytes.Length);
        if (known == 0)
        {
            file.SetLength(0);
            file.Write(Magic);
            file.Write(recipe.Identity.Span);
            return 0;
        }

        file.SetLength(sound);
        file.Position = sound;
        return known;
    }

    /// <summary>Adds a face to a list, unless none was seen in it.</summary>
    /// <param name="faces">The list.</param>
    /// <param name="record">The face.</param>
    public static void Add(List<GeneratedFace> faces, FaceRecord record)
    {
        if (record.Points?.Map(point => point * FaceEnlargement.Factor) is not { } points)
        {
            return;
        }

        var picture = record.Picture();
        var face = new Region(Box.Around(points.Outline), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector)) { Points = points, Landmarks = points.ToLandmarks() };
        faces.Add(new GeneratedFace(record.Seed, picture, face, () => FaceEnlargement.Enlarge(picture)));
    }

    private static int ReadAll(FileStream file, FaceRecipe recipe, Action<long, FaceRecord> take)
    {
        Span<byte> start = stackalloc byte[Magic.Length + recipe.Identity.Length];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..Magic.Length].SequenceEqual(Magic)
            || !start[Magic.Length..].SequenceEqual(recipe.Identity.Span))
        {
            return 0;
        }

        var known = 0;
        for (var offset = file.Position; known < recipe.Faces.Count && FaceRecord.Read(file) is { } record && record.Seed == recipe.Faces[known].Seed; offset = file.Position, known++)
        {
            take(offset, record);
        }

        return known;
    }
}
