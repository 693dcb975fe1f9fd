using System.Security.Cryptography;
using System.Text;
using Veil.Errors;
using Veil.Evaluation.Reports;

namespace Veil.Tests.Reports;

public sealed class MeasuredInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_hashed_as_its_description_says()
    {
        _folder.Write("b/x.txt", "two"u8);
        _folder.Write("a.txt", "one"u8);
        _folder.Write(".hidden", "three"u8);

        var lines = $"a.txt\t{Hash("one")}\nb/x.txt\t{Hash("two")}\n";
        Assert.Equal(new MeasuredInput(_folder.FullPath, 2, Hash(lines)), MeasuredInput.Of(_folder.FullPath));
    }

    [Fact]
    public void The_order_in_which_files_are_named_does_not_matter()
    {
        var (a, b) = (_folder.Write("a", "1"u8), _folder.Write("B", "2"u8));

        Assert.Equal(MeasuredInput.Of(_folder.FullPath, [a, b]), MeasuredInput.Of(_folder.FullPath, [b, a, b]));
        Assert.NotEqual(MeasuredInput.Of(_folder.FullPath, [a]), MeasuredInput.Of(_folder.FullPath, [b]));
    }

    [Fact]
    public void A_file_is_hashed_under_its_name()
    {
        var file = _folder.Write("deep/a.json", "{}"u8);

        Assert.Equal(new MeasuredInput(file, 1, Hash($"a.json\t{Hash("{}")}\n")), MeasuredInput.Of(file));
    }

    [Fact]
    public void What_is_not_there_is_told() => Assert.Equal(VeilErrorCode.UnreadableInput, Assert.Throws<VeilException>(() => MeasuredInput.Of(_folder["nowhere"])).Code);

    [Fact]
    public void The_machine_is_described()
    {
        var machine = MachineDescription.Current();

        Assert.NotEmpty(machine.Processor);
        Assert.InRange(machine.Cores, 1, 100_000);
        Assert.InRange(machine.MemoryBytes, 1, long.MaxValue);
        Assert.Contains(".NET", machine.Runtime, StringComparison.Ordinal);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
