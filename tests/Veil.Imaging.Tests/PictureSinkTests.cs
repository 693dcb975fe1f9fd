using Veil.Pipeline;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Imaging.Tests;

public sealed class PictureSinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("veil-sink-").FullName;

    private string Target => Path.Combine(_folder, "out", "picture.png");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_completed_sink_leaves_the_picture_and_nothing_else()
    {
        Copy(OverwritePolicy.Refuse);
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
        using var written = PictureFile.Open(Target);
        using var expected = Source();
        Assert.Equal(0, Pictures.LargestDifference(expected.Picture.Frame(0), written.Frame(0)));
    }

    [Fact]
    public void An_aborted_sink_leaves_nothing()
    {
        using (var source = Source())
        using (var sink = PictureSink.ToFile(Target, source.Picture))
        {
            sink.Write(source.Read(CancellationToken.None)!);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_cancelled_sink_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        using (var source = Source())
        using (var sink = PictureSink.ToFile(Target, source.Picture))
        {
            sink.Write(source.Read(CancellationToken.None)!);
            cancelled.Cancel();
            Assert.Throws<OperationCanceledException>(() => sink.Complete(cancelled.Token));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_sink_that_lacks_frames_writes_nothing()
    {
        using (var source = Source())
        using (var sink = PictureSink.ToFile(Target, source.Picture))
        {
            Assert.Equal(VeilErrorCode.EncodeFailed, Assert.Throws<VeilException>(() => sink.Complete(CancellationToken.None)).Code);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void An_existing_file_is_refused_at_once_and_again_at_the_end()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        using var source = Source();
        using var early = PictureSink.ToFile(Target, source.Picture);
        early.Write(source.Read(CancellationToken.None)!);
        File.WriteAllText(Target, "mine");
        Assert.Equal(VeilErrorCode.OutputExists, Assert.Throws<VeilException>(() => PictureSink.ToFile(Target, source.Picture)).Code);
        Assert.Equal(VeilErrorCode.OutputExists, Assert.Throws<VeilException>(() => early.Complete(CancellationToken.None)).Code);
        Assert.Equal("mine", File.ReadAllText(Target));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void An_existing_file_is_replaced_when_allowed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "old");
        Copy(OverwritePolicy.Replace);
        Assert.Equal(PictureFormat.Png, PictureFile.Sniff(Target));
    }

    [Fact]
    public void A_target_that_cannot_be_written_is_an_error_and_leaves_nothing()
    {
        File.WriteAllText(Path.Combine(_folder, "out"), "a file where the folder should be");
        Assert.Equal(VeilErrorCode.UnwritableOutput, Assert.Throws<VeilException>(() => Copy(OverwritePolicy.Replace)).Code);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_at_the_target_is_never_replaced()
    {
        Directory.CreateDirectory(Target);
        Assert.Equal(VeilErrorCode.OutputExists, Assert.Throws<VeilException>(() => Copy(OverwritePolicy.Refuse)).Code);
        Assert.Equal(VeilErrorCode.UnwritableOutput, Assert.Throws<VeilException>(() => Copy(OverwritePolicy.Replace)).Code);
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void The_file_has_the_mode_of_any_new_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Copy(OverwritePolicy.Refuse);
        var plain = Path.Combine(_folder, "plain");
        File.WriteAllText(plain, "");
        Assert.Equal(File.GetUnixFileMode(plain), File.GetUnixFileMode(Target));
    }

    [Fact]
    public void A_stream_receives_the_picture_only_when_complete()
    {
        using var stream = new MemoryStream();
        using var source = Source();
        using var sink = PictureSink.ToStream(stream, source.Picture);
        sink.Write(source.Read(CancellationToken.None)!);
        Assert.Equal(0, stream.Length);
        sink.Complete(CancellationToken.None);
        using var decoded = Picture.Decode(stream.ToArray());
        Assert.Equal((40, 30), (decoded.Info.Width, decoded.Info.Height));
    }

    [Fact]
    public void Masks_of_the_frames_reach_the_inks()
    {
        using var stream = new MemoryStream();
        using var source = new PictureSource(Cmyk.Create(40, 30));
        using var sink = PictureSink.ToStream(stream, source.Picture);
        var frame = source.Read(CancellationToken.None)!;
        frame.MarkCovered(RegionMask.Full(new PixelRect(0, 0, 10, 30)));
        sink.Write(frame);
        sink.Complete(CancellationToken.None);
        using var decoded = Picture.Decode(stream.ToArray());
        Assert.Equal(source.Picture.Cmyk[0].Row(3)[40..].ToArray(), decoded.Cmyk[0].Row(3)[40..].ToArray());
    }

    private static PictureSource Source() => new(Pictures.Create(PictureFormat.Png, Pictures.Paint(40, 30, PixelFormat.Rgb24)));

    private void Copy(OverwritePolicy overwrite)
    {
        using var source = Source();
        using var sink = PictureSink.ToFile(Target, source.Picture, overwrite: overwrite);
        sink.Write(source.Read(CancellationToken.None)!);
        sink.Complete(CancellationToken.None);
    }
}
