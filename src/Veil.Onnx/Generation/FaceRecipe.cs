using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Veil.Onnx.Generation;

/// <summary>All that decides a bank of faces. Immutable.</summary>
public sealed record FaceRecipe
{
    /// <summary>Changes with whatever this program does to latents and pictures, so that banks of other versions are not taken for its own.</summary>
    private const string Version = "veil faces 1";

    private const int KeyLength = 16;

    /// <summary>Writes a recipe.</summary>
    /// <param name="name">What the faces are, e.g. <c>free</c>: part of the file's name; letters, digits, dots and hyphens.</param>
    /// <param name="ingredients">Whatever else the faces depend on: models with their hashes.</param>
    /// <param name="faces">One or more; their seeds are distinct.</param>
    public FaceRecipe(string name, IReadOnlyList<string> ingredients, IReadOnlyList<FaceSource> faces)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(ingredients);
        ArgumentNullException.ThrowIfNull(faces);
        (Name, Faces, Identity) = (name, faces, Hash([Version, name, .. ingredients], faces));
    }

    /// <summary>What the faces are.</summary>
    public string Name { get; }

    /// <summary>The faces, in the bank's order.</summary>
    public IReadOnlyList<FaceSource> Faces { get; }

    /// <summary>The same for what gives the same bank: a SHA-256.</summary>
    internal ReadOnlyMemory<byte> Identity { get; }

    /// <summary>Name of the bank's file.</summary>
    internal string FileName => $"faces-{Name}-{Convert.ToHexStringLower(Identity.Span)[..KeyLength]}.bank";

    private static byte[] Hash(IEnumerable<string> words, IEnumerable<FaceSource> faces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var word in words)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(word + "\n"));
        }

        foreach (var face in faces)
        {
            hash.AppendData(BitConverter.GetBytes(face.Seed));
            hash.AppendData(MemoryMarshal.AsBytes(face.Latent.Span));
        }

        return hash.GetHashAndReset();
    }
}
