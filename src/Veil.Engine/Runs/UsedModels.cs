using System.Security.Cryptography;
using Veil.Errors;
using Veil.Onnx.Models;
using Veil.Pipeline;

namespace Veil.Engine.Runs;

/// <summary>The models that a run uses, as the report names them. Fails here, before any picture is touched, when one cannot be used.</summary>
internal static class UsedModels
{
    /// <summary>Models by their ids.</summary>
    public static IReadOnlyList<ReportedModel> Describe(IReadOnlyList<string> ids, ModelStore store) => [.. ids.Select(id => Describe(id, store))];

    /// <summary>One model of the manifest.</summary>
    public static ReportedModel Describe(string id, ModelStore store)
    {
        var entry = ModelManifest.Find(id);
        var bytes = store.Read(entry);

        // Reading has compared the bytes with the manifest's hash, where it has one.
        var hash = entry.Sha256.Length > 0 ? entry.Sha256 : Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new ReportedModel(id, hash, entry.Licence, Limits(entry.Terms));
    }

    /// <summary>A model that the user brings.</summary>
    public static ReportedModel Describe(FileInfo own) => new(own.Name, Hash(own), "the user's own", "");

    /// <summary>Where the origin of a model's weights limits their use; empty where it does not.</summary>
    public static string Limits(ModelTerms terms) => terms switch
    {
        ModelTerms.Permissive => "",
        ModelTerms.NonCommercial => "its origin says: no commercial use",
        ModelTerms.Research => "its origin says: research only",
        ModelTerms.Copyleft => "copyleft: what is built on it must be published under the same licence",
        _ => throw new ArgumentOutOfRangeException(nameof(terms), terms, "Expected known terms."),
    };

    private static string Hash(FileInfo file)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, $"The model '{file}' cannot be read: {error.Message}", "Check its path.", error);
        }
    }
}
