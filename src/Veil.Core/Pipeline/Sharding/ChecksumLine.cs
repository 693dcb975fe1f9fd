using System.Text;

namespace Veil.Pipeline.Sharding;

/// <summary>A line as <c>sha256sum</c> writes and checks it.</summary>
internal static class ChecksumLine
{
    /// <summary>The line, with its end.</summary>
    /// <param name="sha256">Lower-case hexadecimal.</param>
    /// <param name="file">Relative name. One with a line's end or a backslash is escaped, which a backslash before the hash tells.</param>
    public static byte[] Of(string sha256, string file)
    {
        var escaped = file.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"{(escaped == file ? "" : "\\")}{sha256}  {escaped}\n");
    }
}
