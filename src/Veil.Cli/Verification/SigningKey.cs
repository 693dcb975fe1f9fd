using Veil.Errors;
using Veil.Evaluation.Verification;
using Veil.Pipeline;

namespace Veil.Cli.Verification;

/// <summary>A private key of the user's. Its text and pass phrase stay in memory.</summary>
/// <param name="pem">The key in PEM.</param>
internal sealed class SigningKey(string pem)
{
    public static string? PassPhrase => Environment.GetEnvironmentVariable(ReportSignature.PassPhraseVariable);

    /// <summary>Reads a key file.</summary>
    public static string Read(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The key '{file}' cannot be read: {error.Message}", "Check the path.", error);
        }
    }

    /// <summary>Fails when the key cannot sign.</summary>
    public void Try() => ReportSignature.Sign([], pem, PassPhrase);

    /// <summary>Signs a file into one beside it.</summary>
    public void Sign(string path)
    {
        var signature = ReportSignature.Sign(File.ReadAllBytes(path), pem, PassPhrase);
        TextOutput.Write(path + SignatureToCheck.Extension, OverwritePolicy.Replace, stream => stream.Write(signature));
    }
}
