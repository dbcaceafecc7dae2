using System.Text;

namespace PgRoll.Build.Tasks;

/// <summary>Writes files whose time tells whether their content changed.</summary>
static class OutputFile
{
    public static void Write(string file, string content, bool withMark = false)
    {
        if (File.Exists(file) && File.ReadAllText(file) == content)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content, new UTF8Encoding(withMark));
    }
}
