using Veil.Errors;
using Veil.Evaluation.Verification;

namespace Veil.Cli.Verification;

/// <summary>A signed report and a key.</summary>
/// <param name="Report">The report.</param>
/// <param name="Key">The key in PEM.</param>
internal sealed record SignatureToCheck(FileInfo Report, string Key)
{
    /// <summary>What a signature's name adds to that of its file.</summary>
    public const string Extension = ".sig";

    /// <summary>Checks it, and says how it is.</summary>
    public int Run()
    {
        byte[] content, signature;
        try
        {
            (content, signature) = (File.ReadAllBytes(Report.FullName), File.ReadAllBytes(Report.FullName + Extension));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The signed report cannot be read: {error.Message}", "The signature lies beside it, with .sig added to its name.", error);
        }

        var holds = ReportSignature.Check(content, signature, Key, SigningKey.PassPhrase);
        Console.Out.WriteLine(holds ? $"{Report}: signed with this key, and unchanged since" : $"{Report}: NOT signed with this key, or changed since");
        return holds ? ExitCode.Done : ExitCode.SomeFailed;
    }
}
