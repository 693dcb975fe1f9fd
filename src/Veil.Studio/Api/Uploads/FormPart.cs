namespace Veil.Studio.Api.Uploads;

/// <summary>A part of a form.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="FileName">What the sender calls the file; any text, never part of a path.</param>
/// <param name="Body">Its bytes; read before the next part is asked for.</param>
internal sealed record FormPart(string Name, string FileName, Stream Body);
