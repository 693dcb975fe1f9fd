using System.Security.Cryptography;

namespace Veil.Pipeline;

/// <summary>What an output holds, recorded so that nobody has to read it again to know that it is the one.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Hash of its content, lower-case hexadecimal.</param>
public sealed record OutputSeal(long Bytes, string Sha256)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OutputSeal Of(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return new OutputSeal(file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
