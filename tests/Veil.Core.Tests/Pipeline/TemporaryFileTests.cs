using System.Text;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public sealed class TemporaryFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("..")]
    [InlineData("写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真.jpg")]
    [InlineData("👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩👩.jpg")]
    public void Any_name_that_a_file_may_have_has_a_temporary_one_that_is_not_too_long(string name)
    {
        var path = TemporaryFile.For(Path.Combine(_folder.FullPath, name));

        Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(path)), 1, 143);
        File.WriteAllText(path, "half");
        TemporaryFile.RemoveFor(Path.Combine(_folder.FullPath, name), TimeSpan.Zero);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Only_what_is_certainly_left_over_is_removed()
    {
        string[] others = [".a.jpg.veil-tmp", "a.jpg.0123456789abcdef.veil-tmp", ".a.jpg.0123456789ABCDEF.veil-tmp", ".a.jpg.0123456789abcde.veil-tmp", "deep/.a.jpg.0123456789abcdef.veil-tmp"];
        foreach (var name in others.Append(".a.jpg.0123456789abcdef.veil-tmp"))
        {
            _folder.Write(name, "x"u8);
        }

        TemporaryFile.RemoveIn(_folder.FullPath);

        Assert.Equal(others.Order(StringComparer.Ordinal), _folder.Files());
    }

    [Fact]
    public void Young_files_stay_where_others_may_be_writing()
    {
        _folder.Write(".a.jpg.0123456789abcdef.veil-tmp", "x"u8);
        File.SetLastWriteTimeUtc(_folder.Write(".a.jpg.fedcba9876543210.veil-tmp", "x"u8), DateTime.UtcNow.AddHours(-2));

        TemporaryFile.RemoveFor(_folder["a.jpg"], TimeSpan.FromHours(1));

        Assert.Equal([".a.jpg.0123456789abcdef.veil-tmp"], _folder.Files());
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_nothing() => TemporaryFile.RemoveIn(_folder["nowhere"]);
}
