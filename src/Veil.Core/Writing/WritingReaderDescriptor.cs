namespace Veil.Writing;

/// <summary>All that the rest of Veil knows about a reader of writing before it is loaded.</summary>
/// <param name="Id">Its name; lower case.</param>
/// <param name="Models">Ids of the model files it needs (see the model manifest).</param>
/// <param name="Create">
/// Loads it; called once per worker, from several threads at once. Throws <see cref="Errors.VeilException"/> when a model or
/// native library is missing.
/// </param>
public sealed record WritingReaderDescriptor(string Id, IReadOnlyList<string> Models, Func<IWritingReader> Create);
