using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Veil.Imaging.Tests.Jpeg.Coefficients;

/// <summary>libjpeg-turbo's own programs: they make files of every kind, and read them independently of Veil.</summary>
internal static class JpegTools
{
    private const string Folder = "/usr/bin";

    public static bool Available { get; } = new[] { "cjpeg", "djpeg", "jpegtran" }.All(name => File.Exists(Path.Combine(Folder, name)));

    /// <summary>Runs a program over bytes; fails the test when it does.</summary>
    public static byte[] Run(string program, string arguments, byte[] input)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, program), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its exit code says whether that is well.
        }

        reading.Wait();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {errors.Result}");
        return output.ToArray();
    }

    /// <summary>A JPEG made by cjpeg from a painted picture; <c>-scans separate</c> gives each component its own scan.</summary>
    public static byte[] Encode(int width, int height, string arguments, int seed = 0)
    {
        using var picture = Pictures.Paint(width, height, PixelFormat.Rgb24, seed);
        using var folder = new TemporaryFolder();
        arguments = arguments.Replace("separate", folder.Write("scans", "0;1;2;"u8), StringComparison.Ordinal);
        return Run("cjpeg", arguments, [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n")), .. picture.Span]);
    }

    /// <summary>The pixels that djpeg gives, without the header.</summary>
    public static byte[] Decode(byte[] jpeg, string arguments)
    {
        var file = Run("djpeg", arguments + " -pnm", jpeg);
        var (at, fields) = (0, 0);
        for (; fields < 4; at++)
        {
            fields += char.IsWhiteSpace((char)file[at]) ? 1 : 0;
        }

        return file[at..];
    }
}
